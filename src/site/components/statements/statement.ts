/** The attributes of a theorem and its like. src/math/statements.ts numbers them and writes their heads. */
export type StatementProps = {
  /** What it is called, in brackets after its number. May hold formulas, emphasis, links and citations. */
  title?: string;
  /** Its name for references: `[](#thm-mirror)` refers to `id="mirror"`. */
  id?: string;
  /** Added by the build: its kind and number. */
  label?: string;
  /** Added by the build: where the tag stands. */
  at?: string;
};
