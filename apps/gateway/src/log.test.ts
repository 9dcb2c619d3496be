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
