import { describe, expect, it } from 'vitest'
import { createLog } from './log.ts'
import { openParts, type OpenParts } from './open-parts.ts'

/** A log that keeps its lines, and parts that note when they are closed. */
function aList() {
  const lines: string[] = []
  const closed: string[] = []
  const log = createLog({
    level: 'info',
    pretty: false,
    stream: { write: (line) => lines.push(line) },
  })
  const add = (parts: OpenParts, name: string, error?: Error) =>
    parts.add(name, () => {
      closed.push(name)
      if (error !== undefined) throw error
    })
  return { log, lines, closed, add }
}

describe('what a start has opened', () => {
  it('is closed in mirror order', async () => {
    const { log, closed, add } = aList()
    const parts = await openParts(log, async (opened) => {
      add(opened, 'database')
      add(opened, 'queue')
      add(opened, 'http')
      return opened
    })
    expect(closed).toEqual([])

    await parts.close()

    expect(closed).toEqual(['http', 'queue', 'database'])
  })

  it('is closed to the end when a step throws, and the error is logged by its part and thrown', async () => {
    const { log, closed, lines, add } = aList()
    const failure = Object.assign(new Error('a secret of a driver'), { code: 'EPIPE' })
    const parts = await openParts(log, async (opened) => {
      add(opened, 'database')
      add(opened, 'queue', failure)
      add(opened, 'http')
      return opened
    })

    await expect(parts.close()).rejects.toBe(failure)

    expect(closed).toEqual(['http', 'queue', 'database'])
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { level: 'error', reason: 'queue', error: { name: 'Error', code: 'EPIPE' } },
    ])
    expect(lines.join('')).not.toContain('secret')
  })

  it('is closed when the start fails half-way, and the caller gets the error of the start', async () => {
    const { log, closed, lines, add } = aList()

    const starting = openParts(log, async (opened) => {
      add(opened, 'database')
      add(opened, 'queue', new Error('cannot stop'))
      throw new Error('port taken')
    })

    await expect(starting).rejects.toThrow('port taken')
    expect(closed).toEqual(['queue', 'database'])
    expect(lines).toHaveLength(1)
  })

  it('is closed when the start is ended, with the part that was opened then', async () => {
    const { log, closed, add } = aList()
    const interrupted = new AbortController()
    const reason = new Error('the operator changed their mind')

    const starting = openParts(
      log,
      async (opened) => {
        add(opened, 'database')
        interrupted.abort(reason)
        add(opened, 'queue')
        add(opened, 'http')
      },
      interrupted.signal,
    )

    await expect(starting).rejects.toBe(reason)
    expect(closed).toEqual(['queue', 'database'])
  })
})
