import { GatewayError } from '../errors.ts'

/** How long a login and a display name may be. */
export const maxLoginLength = 100
export const maxLabelLength = 80

/** What two labels are compared by: names that look the same to a reader are the same. */
export function labelKey(label: string): string {
  return label.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()
}

/** Why a display name cannot be used, as a sentence; undefined when it can. */
export function labelFault(label: string): string | undefined {
  if (label.trim() === '' || label.trim() !== label)
    return 'a name must start and end with a letter'
  if (label.length > maxLabelLength) return `a name has at most ${maxLabelLength} characters`
  // Marks that turn the text around, or that nobody sees, would make two names look like one.
  if (/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u.test(label))
    return 'a name must not have invisible characters'
  if (
    label
      .normalize('NFKC')
      .split(/[^\p{L}\p{M}]+/u)
      .some(isOfTwoAlphabets)
  )
    return 'each word in a name must have letters of one alphabet only, because those of another may look the same'
  return undefined
}

/** Alphabets with letters that look the same: a Cyrillic А and a Latin A. */
const lookalikes = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u]

const isOfTwoAlphabets = (word: string) =>
  lookalikes.filter((letters) => letters.test(word)).length > 1

/** Why a login cannot be used, as a sentence; undefined when it can. */
export function loginFault(login: string): string | undefined {
  if (login.length > maxLoginLength) return `a login has at most ${maxLoginLength} characters`
  if (!/^[a-z0-9][a-z0-9._@+-]*$/i.test(login))
    return 'a login consists of letters a to z, digits and . _ @ + -, and starts with a letter or a digit'
  return undefined
}

/** A configured key has the label of a person. The start ends: what the key does would be shown as that person's. */
export class LabelTakenError extends GatewayError {
  override readonly name = 'LabelTakenError'
  readonly code = 'label_taken'
  readonly kind = 'permanent'

  constructor(key: string) {
    super(`${key}: a person has or had this name; give the key a label of its own`)
  }
}
