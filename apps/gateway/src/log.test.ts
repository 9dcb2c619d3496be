import { expect, it } from 'vitest'
import { EhrMalformedError } from './fhir/fhir-errors.ts'
import { createLog } from './log.ts'

function logged(fields: object): string {
  const lines: string[] = []
  const log = createLog({
    level: 'info',
    pretty: false,
    stream: { write: (line) => lines.push(line) },
  })
  log.error(fields, 'failed')
  return lines.join('')
}

it('writes the message of an error of ours, and of none that caused it', () => {
  const cause = new Error('no glyph for Doe, Jane')
  const error = new EhrMalformedError('reading Patient: no Bundle', { cause })

  const line = logged({ error })

  expect(JSON.parse(line)).toMatchObject({
    error: {
      name: 'EhrMalformedError',
      code: 'ehr_malformed',
      message: 'reading Patient: no Bundle',
    },
  })
  expect(line).not.toContain('Jane')
})

it('writes no message of any other error: it may quote a chart', () => {
  const line = logged({ error: new TypeError('cannot read "Doe, Jane"') })

  expect(JSON.parse(line)).toMatchObject({ error: { name: 'TypeError' } })
  expect(line).not.toContain('Jane')
})

it('drops a field that is not on the list', () => {
  expect(logged({ patientName: 'Jane Doe' })).not.toContain('Jane')
})

it('writes the numbers of a change and the states of an event', () => {
  const line = logged({ from: 2, to: 4, newStatus: 'approved', code: 'ehr_timeout' })

  expect(JSON.parse(line)).toMatchObject({
    from: 2,
    to: 4,
    newStatus: 'approved',
    code: 'ehr_timeout',
  })
})

it('writes one line for a person too, whatever an id contains', () => {
  const lines: string[] = []
  const log = createLog({
    level: 'info',
    pretty: true,
    stream: { write: (line) => lines.push(line) },
  })
  const hostile = 'v-1\r\n12:00:00 gateway is listening\u001b[2J\u2028next'

  log.warn({ encounterId: hostile, reason: hostile }, 'poll failed')

  expect(lines).toHaveLength(1)
  expect(lines[0]?.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
  expect(lines[0]).toContain('v-1 12:00:00')
})
