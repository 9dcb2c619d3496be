import { expect, test } from 'vitest'
import { stemOf } from '../../src/lexicon/stem.ts'

const same: readonly (readonly string[])[] = [
  ['leg', 'legs'],
  ['knee', 'knees'],
  ['brace', 'braces', 'braced', 'bracing'],
  ['drop', 'drops', 'dropped', 'dropping'],
  ['fall', 'falls', 'falling', 'fell'],
  ['stenosis', 'stenoses'],
  ['metastasis', 'metastases'],
  ['disease', 'diseases'],
  ['injury', 'injuries'],
  ['try', 'tries', 'tried', 'trying'],
  ['edema', 'oedema'],
  ['anesthesia', 'anaesthesia'],
  ['hematoma', 'haematoma'],
  ['tumor', 'tumour', 'tumours'],
  ['fracture', 'fractures', 'fractured'],
  ['immobilize', 'immobilised', 'immobilising'],
  ['note', 'notes', 'noted', 'noting'],
  ['foot', 'feet'],
  ['disc', 'disk', 'disks'],
  ['center', 'centre'],
  ['deny', 'denies', 'denied', 'denying'],
]

test.each(same)('gives one stem for %s and %s', (first, ...others) => {
  for (const other of others) expect(stemOf(other)).toBe(stemOf(first))
})

const apart = [
  ['not', 'note'],
  ['none', 'non'],
  ['his', 'hi'],
  ['weakness', 'weak'],
  ['need', 'ne'],
  ['sling', 'sl'],
] as const

test.each(apart)('keeps %s apart from %s', (one, other) => {
  expect(stemOf(one)).not.toBe(stemOf(other))
})
