import { describe, expect, it } from 'vitest'
import { StreamPlaces } from './stream-places.ts'

class Stream {
  isClosed = false

  close(): void {
    this.isClosed = true
  }
}

const fill = (places: StreamPlaces<Stream>, holder: string, count: number) =>
  Array.from({ length: count }, () => {
    const stream = new Stream()
    return { stream, isPlaced: places.take(holder, stream) }
  })
const open = (streams: readonly { stream: Stream; isPlaced: boolean }[]) =>
  streams.filter(({ stream, isPlaced }) => isPlaced && !stream.isClosed).length

describe('the places of streams', () => {
  it('are all for one holder while nobody else wants one, and not more', () => {
    const greedy = fill(new StreamPlaces(10), 'greedy', 12)

    expect(open(greedy)).toBe(10)
    expect(greedy.at(-1)?.isPlaced).toBe(false)
  })

  it('are given up by whoever holds most, the latest first, until they are shared evenly', () => {
    const places = new StreamPlaces<Stream>(10)
    const greedy = fill(places, 'greedy', 10)
    const other = fill(places, 'other', 1)

    expect(open(other)).toBe(1)
    expect(greedy.findIndex(({ stream }) => stream.isClosed)).toBe(9)

    const more = fill(places, 'other', 9)
    expect([open(greedy), open([...other, ...more])]).toEqual([5, 5])
  })

  it('are not taken back and forth between two who hold as many', () => {
    const places = new StreamPlaces<Stream>(2)
    const [one, two] = [fill(places, 'one', 1), fill(places, 'two', 1)]

    expect(open(fill(places, 'one', 1))).toBe(0)
    expect(open(fill(places, 'three', 1))).toBe(0)
    expect([open(one), open(two)]).toEqual([1, 1])
  })

  it('are free again when a stream ends, once', () => {
    const places = new StreamPlaces<Stream>(2)
    const streams = fill(places, 'one', 2)
    const [first] = streams
    if (first !== undefined) {
      places.release('one', first.stream)
      places.release('one', first.stream)
    }

    expect(open(fill(places, 'two', 1))).toBe(1)
    expect(open(fill(places, 'three', 1))).toBe(0)
    expect([...places]).toHaveLength(2)
  })
})
