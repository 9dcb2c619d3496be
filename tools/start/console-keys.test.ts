import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { hasKeyboard, keyLine, type KeyInput, listenToKeys } from './console-keys.ts'

function aTerminal() {
  const emitter = new EventEmitter()
  const modes: boolean[] = []
  const input: KeyInput = {
    isTTY: true,
    setRawMode: (isRaw) => modes.push(isRaw),
    setEncoding: () => undefined,
    on: (event, listen) => emitter.on(event, listen),
    off: (event, listen) => emitter.off(event, listen),
    resume: () => undefined,
    pause: () => undefined,
  }
  return { input, modes, type: (text: string) => emitter.emit('data', text) }
}

describe('the keys of the console', () => {
  it('do what they are listed for, in either case, and others do nothing', () => {
    const pressed: string[] = []
    const keys = ['o', 's'].map((key) => ({ key, name: key, press: () => pressed.push(key) }))
    const { input, type } = aTerminal()

    listenToKeys(input, keys, () => pressed.push('interrupt'))
    type('oSx')
    type('\u0003')

    expect(pressed).toEqual(['o', 's', 'interrupt'])
    expect(keyLine(keys)).toBe('o o, s s')
  })

  it('give the terminal back', () => {
    const pressed: string[] = []
    const { input, modes, type } = aTerminal()

    const stop = listenToKeys(
      input,
      [{ key: 'o', name: 'open', press: () => pressed.push('o') }],
      () => undefined,
    )
    stop()
    type('o')

    expect(pressed).toEqual([])
    expect(modes).toEqual([true, false])
  })

  it.each([
    { what: 'a terminal', input: true, output: true, ci: undefined, expected: true },
    { what: 'a pipe at the input', input: undefined, output: true, ci: undefined, expected: false },
    {
      what: 'a file at the output',
      input: true,
      output: undefined,
      ci: undefined,
      expected: false,
    },
    { what: 'CI', input: true, output: true, ci: 'true', expected: false },
  ])('are read or not: $what', ({ input, output, ci, expected }) => {
    const isTTY = (value: boolean | undefined) => (value === undefined ? {} : { isTTY: value })
    expect(hasKeyboard(isTTY(input), isTTY(output), { CI: ci })).toBe(expected)
  })
})
