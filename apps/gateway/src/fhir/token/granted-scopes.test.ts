import { describe, expect, it } from 'vitest'
import { missingScopesOf } from './granted-scopes.ts'

const rows: readonly (readonly [requested: string, granted: string, missing: string])[] = [
  // The same scopes, in any order and notation.
  ['system/Patient.rs', 'system/Patient.rs', ''],
  ['system/Patient.rs', 'system/Patient.sr', ''],
  ['system/Patient.rs system/Encounter.rs', 'system/Encounter.rs system/Patient.rs', ''],
  ['system/Patient.read', 'system/Patient.read', ''],
  // Version 1 and version 2 of SMART scopes.
  ['system/Patient.rs', 'system/Patient.read', ''],
  ['system/Patient.read', 'system/Patient.rs', ''],
  ['system/Patient.read', 'system/Patient.r', 'system/Patient.s'],
  ['system/DocumentReference.write', 'system/DocumentReference.cud', ''],
  ['system/DocumentReference.write', 'system/DocumentReference.cu', 'system/DocumentReference.d'],
  ['system/DocumentReference.c', 'system/DocumentReference.write', ''],
  ['system/DocumentReference.crs', 'system/DocumentReference.*', ''],
  ['system/Patient.*', 'system/Patient.cruds', ''],
  ['system/Patient.*', 'system/Patient.read', 'system/Patient.cud'],
  ['system/Patient.cruds', 'system/Patient.read system/Patient.write', ''],
  // Part of the permissions.
  ['system/DocumentReference.crs', 'system/DocumentReference.rs', 'system/DocumentReference.c'],
  ['system/Patient.rs', 'system/Patient.r', 'system/Patient.s'],
  ['system/Patient.rs', 'system/Patient.r system/Patient.s', ''],
  ['system/Patient.r', 'system/Patient.cruds', ''],
  // Every type.
  ['system/Patient.r', 'system/*.rs', ''],
  ['system/Patient.rs system/Coverage.rs', 'system/*.read', ''],
  ['system/DocumentReference.crs', 'system/*.rs', 'system/DocumentReference.c'],
  ['system/DocumentReference.crs', 'system/*.rs system/DocumentReference.c', ''],
  ['system/*.rs', 'system/Patient.rs', 'system/*.rs'],
  ['system/*.rs', 'system/*.*', ''],
  // Another context needs its own permission.
  ['system/Patient.rs', 'user/Patient.rs', 'system/Patient.rs'],
  ['system/Patient.rs', 'patient/*.rs', 'system/Patient.rs'],
  ['user/Patient.rs', 'system/*.cruds', 'user/Patient.rs'],
  // Another type, another case.
  ['system/Patient.rs', 'system/Practitioner.rs', 'system/Patient.rs'],
  ['system/Patient.rs', 'system/patient.rs', 'system/Patient.rs'],
  // Constraints: a narrower grant is not enough.
  ['system/Observation.rs', 'system/Observation.rs?category=laboratory', 'system/Observation.rs'],
  ['system/Observation.rs?category=laboratory', 'system/Observation.rs', ''],
  ['system/Observation.rs?category=laboratory', 'system/Observation.rs?category=laboratory', ''],
  [
    'system/Observation.rs?category=laboratory',
    'system/Observation.rs?category=vital-signs',
    'system/Observation.rs?category=laboratory',
  ],
  ['system/Observation.rs?b=2&a=1', 'system/Observation.rs?a=1&b=2', ''],
  ['system/Observation.rs?a=1&b=2', 'system/Observation.r?a=1', 'system/Observation.s?a=1&b=2'],
  // Scopes that are not about resources are compared as text.
  ['openid fhirUser', 'openid', 'fhirUser'],
  ['athena/service/Athenanet.MDP.*', 'athena/service/Athenanet.MDP.*', ''],
  ['athena/service/Athenanet.MDP.*', 'system/*.*', 'athena/service/Athenanet.MDP.*'],
  // Empty, invalid and duplicate scopes.
  ['system/Patient.rs system/Coverage.rs', '', 'system/Patient.rs system/Coverage.rs'],
  ['', 'system/Patient.rs', ''],
  ['system/Patient.rs', 'system/Patient.xyz system/ /. ? system/*', 'system/Patient.rs'],
  ['system/Patient.rs system/Patient.rs', 'openid', 'system/Patient.rs'],
]

const listOf = (text: string) => text.split(' ').filter((one) => one !== '')

describe('granted scopes', () => {
  it.each(rows)('of "%s" with "%s" granted, "%s" is missing', (requested, granted, missing) => {
    expect(missingScopesOf(listOf(requested), listOf(granted))).toEqual(listOf(missing))
  })

  it('are complete if everything that was requested is granted', () => {
    const requested = rows.flatMap(([requested]) => listOf(requested))

    expect(missingScopesOf(requested, requested)).toEqual([])
  })
})
