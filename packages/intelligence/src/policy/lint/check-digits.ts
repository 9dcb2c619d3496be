/** @see LOINC Users' Guide, appendix C: the check digit is modulus 10 over the digits before it */
export function isLoincCode(code: string): boolean {
  const [, digits, check] = /^(\d{1,7})-(\d)$/.exec(code) ?? []
  if (digits === undefined) return false
  const fromRight = [...digits].toReversed().map(Number)
  const doubled =
    Number(
      fromRight
        .filter((_, index) => index % 2 === 0)
        .toReversed()
        .join(''),
    ) * 2
  const rest = fromRight.filter((_, index) => index % 2 === 1)
  const sum = [...String(doubled)]
    .map(Number)
    .concat(rest)
    .reduce((total, digit) => total + digit, 0)
  return (10 - (sum % 10)) % 10 === Number(check)
}

const dihedral = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
  [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
  [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
  [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
  [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
  [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
  [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
  [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
  [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
] as const
const firstRow = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
const secondRow = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]

/** @see SNOMED CT Release File Specifications, "Check-digit": Verhoeff's dihedral check over the whole identifier */
export function isSnomedCode(code: string): boolean {
  if (!/^\d{6,18}$/.test(code)) return false
  const rows: number[][] = [firstRow]
  for (let row = 1; row < 8; row += 1)
    rows.push(firstRow.map((digit) => rows[row - 1]?.[secondRow[digit] ?? 0] ?? 0))
  const check = [...code]
    .toReversed()
    .map(Number)
    .reduce<number>(
      (total, digit, index) => dihedral[total]?.[rows[index % 8]?.[digit] ?? 0] ?? 0,
      0,
    )
  return check === 0
}
