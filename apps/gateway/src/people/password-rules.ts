/** @see https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver — length instead of kinds of characters, and no expiry */
export const passwordLength = { min: 12, max: 200 } as const

/** How many characters must remain of a password without the names of its person. */
const minOwnCharacters = 8

/** What people choose most when twelve characters are asked for. */
const commonParts =
  /^(?:password|passwort|passw0rd|welcome|letmein|qwerty|qwertz|asdfgh|iloveyou|administrator|admin|authscript|changeme|football|baseball|dragon|monkey|sunshine|princess|[\p{N}\p{P}\p{S}\s])+$/u

/** Why a password cannot be used, as a sentence for the person who chose it; undefined when it can. */
export function passwordFault(
  password: string,
  person: { readonly login: string; readonly label: string },
): string | undefined {
  const { min, max } = passwordLength
  const { length } = [...password]
  if (length < min)
    return `the password has ${length} characters; it needs at least ${min}, and a few words are easy to remember`
  if (length > max) return `the password has more than ${max} characters`
  const text = password.normalize('NFKC').toLowerCase()
  const own = `${person.login} ${person.label}`.split(/[^\p{L}\p{N}]+/u)
  const withoutNames = own
    .map((name) => name.toLowerCase())
    .filter((name) => name.length >= 3)
    .reduce((rest, name) => rest.replaceAll(name, ''), text)
  if ([...withoutNames].length < minOwnCharacters)
    return 'the password is mostly the name of its person; choose one that others do not guess'
  if (new Set(text).size < 5)
    return 'the password repeats a few characters; choose one that others do not guess'
  if (commonParts.test(text))
    return 'the password is one of those that are guessed first; choose a few words that do not belong together'
  return undefined
}
