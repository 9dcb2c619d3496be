/** `72148`, `J0000-J9999`, `70000-76499`. CPT and HCPCS codes are only compared with codes of the same format. */
export const codeRangePattern = /^([A-Z]?)(\d{4,5})([A-Z]?)(?:-\1(\d{4,5})\3)?$/

export function isInRange(code: string, range: string): boolean {
  const [, prefix = '', first = '', suffix = '', last = first] = codeRangePattern.exec(range) ?? []
  const [, ownPrefix, digits = '', ownSuffix] = /^([A-Z]?)(\d+)([A-Z]?)$/.exec(code) ?? []
  return (
    first !== '' &&
    ownPrefix === prefix &&
    ownSuffix === suffix &&
    digits.length === first.length &&
    digits >= first &&
    digits <= last
  )
}
