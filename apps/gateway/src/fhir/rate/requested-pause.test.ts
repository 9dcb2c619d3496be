import { describe, expect, it } from 'vitest'
import { RequestedPause } from './requested-pause.ts'

const absurd = 3_600_000

describe('RequestedPause', () => {
  it.each([
    [0, 0],
    [1000, 1000],
    [60_000, 60_000],
    [60_001, 60_000],
    [absurd, 60_000],
    [1e12, 60_000],
  ])('after one answer that asks for %d ms lasts %d ms', (delayMs, believedMs) => {
    const pause = new RequestedPause()

    pause.request(delayMs, 5000)

    expect(pause.untilMs).toBe(5000 + believedMs)
  })

  it('is not extended by answers to requests that were sent before it', () => {
    const pause = new RequestedPause()
    for (let at = 0; at < 50; at += 1) pause.request(absurd, at * 1000)

    expect(pause.untilMs).toBe(60_000)
  })

  it('is four times as long each time the EHR asks again right after it ends, up to an hour', () => {
    const pause = new RequestedPause()
    const lengths: number[] = []
    for (let count = 0; count < 6; count += 1) {
      const nowMs = Math.max(0, pause.untilMs)
      pause.request(absurd, nowMs)
      lengths.push(pause.untilMs - nowMs)
    }

    expect(lengths).toEqual([60_000, 240_000, 960_000, 3_600_000, 3_600_000, 3_600_000])
  })

  it('starts with a minute again after a normal answer', () => {
    const pause = new RequestedPause()
    pause.request(absurd, 0)
    pause.answered(60_001)
    pause.request(absurd, 60_002)

    expect(pause.untilMs).toBe(120_002)
  })

  it('does not end because of an answer to a request that was sent before it', () => {
    const pause = new RequestedPause()
    pause.request(absurd, 0)
    pause.answered(1000)
    pause.request(absurd, 60_000)

    expect(pause.untilMs).toBe(60_000 + 240_000)
  })

  it('does not grow with short pauses', () => {
    const pause = new RequestedPause()
    for (let count = 0; count < 10; count += 1) pause.request(1000, count * 2000)
    pause.request(absurd, 100_000)

    expect(pause.untilMs).toBe(160_000)
  })
})
