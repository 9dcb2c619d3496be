/** Other words that forms print for our values. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  male: ['m'],
  female: ['f'],
  unknown: ['u', 'unkown'],
  standard: ['nonurgent', 'routine', 'regular'],
  urgent: ['expedited', 'stat'],
  renewal: ['extension', 'extensionrenewalamendment', 'amendment'],
  office: ['provideroffice', 'physicianoffice'],
  daySurgery: ['ambulatorysurgery'],
}

const bare = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '')

/** Which option of a list stands for which of the values; `told` is the map's own word on it. */
export function optionsFor(
  values: readonly string[],
  options: readonly string[],
  told: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const found = values.flatMap((value) => {
    const words = [bare(value), ...(synonyms[value] ?? [])]
    const option = options.find((one) => one === told[value] || words.includes(bare(one)))
    return option === undefined ? [] : [[value, option] as const]
  })
  return Object.fromEntries(found)
}
