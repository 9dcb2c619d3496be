/** What a key of the console does, and what it is called in the line that lists them. */
export interface ConsoleKey {
  readonly key: string
  readonly name: string
  press(): unknown
}

/** As much of a terminal as this needs; `process.stdin` is one. */
export interface KeyInput {
  readonly isTTY?: boolean
  setRawMode?(isRaw: boolean): unknown
  setEncoding(encoding: 'utf8'): unknown
  on(event: 'data', listen: (text: string) => void): unknown
  off(event: 'data', listen: (text: string) => void): unknown
  resume(): unknown
  pause(): unknown
}

const ctrlC = '\u0003'

/** Whether somebody sits at a terminal: never in CI, and never where input or output is a file or a pipe. */
export function hasKeyboard(
  input: Pick<KeyInput, 'isTTY'>,
  output: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  return input.isTTY === true && output.isTTY === true && environment['CI'] === undefined
}

/**
 * Reads single keys until the returned function is called. A terminal that gives single keys no longer makes a signal of Ctrl-C, so
 * `interrupt` does what the signal would.
 */
export function listenToKeys(
  input: KeyInput,
  keys: readonly ConsoleKey[],
  interrupt: () => void,
): () => void {
  const listen = (text: string) => {
    for (const pressed of text) {
      if (pressed === ctrlC) interrupt()
      else void keys.find(({ key }) => key === pressed.toLowerCase())?.press()
    }
  }
  input.setRawMode?.(true)
  input.setEncoding('utf8')
  input.on('data', listen)
  input.resume()
  return () => {
    input.off('data', listen)
    input.setRawMode?.(false)
    input.pause()
  }
}

/** "o open the dashboard, s sign an encounter, q quit". */
export const keyLine = (keys: readonly ConsoleKey[]): string =>
  keys.map(({ key, name }) => `${key} ${name}`).join(', ')
