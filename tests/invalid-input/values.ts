/** Strings that break out of their context, run a script or make the output invalid wherever they are not escaped. */
export const hostileValues: readonly string[] = [
  '<script>alert(1)</script>',
  '</title></style></script><svg onload=alert(1)>',
  `"'><img src=x onerror=alert(1)>`,
  `x" onmouseover="alert(1)" y='`,
  ']]><script>alert(1)</script><![CDATA[',
  '<!-- --!> --> <!DOCTYPE x [<!ENTITY e "x">]> <?xml x?> &e;',
  '&lt;script&gt;alert(1)&lt;/script&gt; &#60;b&#62; &amp;amp; &nbsp; &nosuch;',
  'javascript:alert(1)',
  'a\u2028b\u2029c',
  'W'.repeat(150),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the string is meant to contain it
  '${alert(1)} {alert(1)} `${1}` \\u003cscript\\u003e %3Cscript%3E',
  '@import url(//evil.example/x); } * { background: url(javascript:alert(1)) } /*',
];
