/** Other words that forms use for our values. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  male: ['m', 'man'],
  female: ['f', 'woman'],
  met: ['yes', 'y', 'true'],
  not_met: ['no', 'n', 'false'],
  unclear: ['unknown', 'notsure'],
  unknown: ['u', 'unkown'],
  standard: ['nonurgent', 'routine', 'regular'],
  urgent: ['expedited', 'stat'],
  renewal: ['extension', 'extensionrenewalamendment', 'amendment'],
  office: ['provideroffice', 'physicianoffice'],
  daySurgery: ['ambulatorysurgery'],
}

const lettersOf = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '')

/** The option of a list for each of the values. `mapped`: options that the field map assigns. */
export function optionsFor(
  values: readonly string[],
  options: readonly string[],
  mapped: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const found = values.flatMap((value) => {
    const words = [lettersOf(value), ...(synonyms[value] ?? [])]
    const option = options.find((one) => one === mapped[value] || words.includes(lettersOf(one)))
    return option === undefined ? [] : [[value, option] as const]
  })
  return Object.fromEntries(found)
}
