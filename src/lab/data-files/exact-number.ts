/**
 * Whether a written number is read as it is written: a whole one with all its digits, any other as the nearest number
 * there is, which is neither zero for what is not nor infinite.
 */
export function isExact(written: string): boolean {
  const value = Number(written);
  if (/^[+-]?\d+$/.test(written))
    return (
      Number.isSafeInteger(value) || (Number.isFinite(value) && BigInt(written.replace('+', '')) === BigInt(value))
    );
  return Number.isFinite(value) && (value !== 0 || !/^[^eE]*[1-9]/.test(written));
}
