import { expect, it } from 'vitest'
import { Turns } from './turns.ts'

it('lets a few callers continue in each turn, in order, with timers and requests in between', async () => {
  const turns = new Turns(2)
  const seen: string[] = []
  const taken = ['one', 'two', 'three', 'four', 'five'].map(async (name) => {
    await turns.take()
    seen.push(name)
  })
  const between = () => {
    seen.push('|')
    if (seen.length < 8) setImmediate(between)
  }
  setImmediate(between)

  await Promise.all(taken)

  expect(seen.filter((one) => one !== '|')).toEqual(['one', 'two', 'three', 'four', 'five'])
  expect(seen.join(' ')).toMatch(/^one two \| three four \| five/)
})
