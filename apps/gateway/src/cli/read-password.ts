import { randomInt } from 'node:crypto'
import { text } from 'node:stream/consumers'

/** Without letters and digits that are easily confused. */
const letters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** The first line of standard input: `echo … | authscript user add …`, or what a password manager prints. */
export async function readPassword(input: NodeJS.ReadableStream = process.stdin): Promise<string> {
  return (await text(input)).split(/\r?\n/, 1)[0] ?? ''
}

/** Four groups of five letters, about 99 bits: `k7wmp-…`. */
export function generatePassword(): string {
  const group = () => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}

/** For every command that sets a password. */
export const passwordOption = {
  'password-stdin': {
    type: 'boolean',
    default: false,
    description:
      'read the password from the first line of standard input; without it one is generated and shown once',
  },
} as const

/** The password, and the line that shows it if it was generated. */
export async function choosePassword(
  fromInput: boolean,
): Promise<{ readonly password: string; readonly shown: string }> {
  if (fromInput) return { password: await readPassword(), shown: '' }
  const password = generatePassword()
  return { password, shown: `\npassword (shown once): ${password}` }
}
