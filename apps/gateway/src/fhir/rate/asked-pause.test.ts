import { describe, expect, it } from 'vitest'
import { AskedPause } from './asked-pause.ts'

const absurd = 3_600_000

describe('AskedPause', () => {
  it.each([
    [0, 0],
    [1000, 1000],
    [60_000, 60_000],
    [60_001, 60_000],
    [absurd, 60_000],
    [1e12, 60_000],
  ])('believes one answer that asks for %d ms for %d ms', (delayMs, believedMs) => {
    const pause = new AskedPause()

    pause.ask(delayMs, 5000)

    expect(pause.untilMs).toBe(5000 + believedMs)
  })

  it('is not made longer by answers to what was sent before it', () => {
    const pause = new AskedPause()
    for (let at = 0; at < 50; at += 1) pause.ask(absurd, at * 1000)

    expect(pause.untilMs).toBe(60_000)
  })

  it('is four times as long each time the EHR asks again as soon as it is over, up to an hour', () => {
    const pause = new AskedPause()
    const lengths: number[] = []
    for (let count = 0; count < 6; count += 1) {
      const nowMs = Math.max(0, pause.untilMs)
      pause.ask(absurd, nowMs)
      lengths.push(pause.untilMs - nowMs)
    }

    expect(lengths).toEqual([60_000, 240_000, 960_000, 3_600_000, 3_600_000, 3_600_000])
  })

  it('begins with a minute again after another answer', () => {
    const pause = new AskedPause()
    pause.ask(absurd, 0)
    pause.answered(60_001)
    pause.ask(absurd, 60_002)

    expect(pause.untilMs).toBe(120_002)
  })

  it('takes no answer to what was sent before the pause for its end', () => {
    const pause = new AskedPause()
    pause.ask(absurd, 0)
    pause.answered(1000)
    pause.ask(absurd, 60_000)

    expect(pause.untilMs).toBe(60_000 + 240_000)
  })

  it('does not grow by short pauses', () => {
    const pause = new AskedPause()
    for (let count = 0; count < 10; count += 1) pause.ask(1000, count * 2000)
    pause.ask(absurd, 100_000)

    expect(pause.untilMs).toBe(160_000)
  })
})
