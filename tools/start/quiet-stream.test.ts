import { expect, it } from 'vitest'
import { quietStream } from './quiet-stream.ts'

it('writes one of the lines that say the same of several encounters, and again after a minute', () => {
  let now = 0
  const lines: string[] = []
  const stream = quietStream(
    (line) => lines.push(line),
    () => now,
  )

  stream.write('01:10:56 ? poll failed enc-a code=ehr_unauthorized\n')
  stream.write('01:10:57 ? poll failed enc-b code=ehr_unauthorized\n')
  stream.write('01:10:57 ? poll failed enc-b code=ehr_timeout\n')
  now = 61_000
  stream.write('01:11:57 ? poll failed enc-c code=ehr_unauthorized\n')

  expect(lines.map((line) => line.slice(0, 8))).toEqual(['01:10:56', '01:10:57', '01:11:57'])
})
