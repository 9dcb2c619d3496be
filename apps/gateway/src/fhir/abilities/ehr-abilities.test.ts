import { describe, expect, it } from 'vitest'
import { abilitiesOf, type AbilityQuestion } from './ehr-abilities.ts'
import { toCapabilityStatement } from './capability-statement.ts'

const serving = (resources: Readonly<Record<string, readonly string[]>>) =>
  toCapabilityStatement({
    resourceType: 'CapabilityStatement',
    fhirVersion: '4.0.1',
    software: { name: 'An EHR', version: '7' },
    rest: [
      { mode: 'client', resource: [{ type: 'Patient' }] },
      {
        mode: 'server',
        resource: Object.entries(resources).map(([type, codes]) => ({
          type,
          interaction: codes.map((code) => ({ code })),
          searchParam: [{ name: 'patient' }],
        })),
      },
    ],
  })

const ask = (question: Partial<AbilityQuestion>) =>
  abilitiesOf({
    profile: { title: 'An EHR' },
    writer: 'fhir',
    statement: serving({ DocumentReference: ['read', 'search-type', 'create'] }),
    missingScopes: [],
    ...question,
  })

const of = (question: Partial<AbilityQuestion>, resourceType: string) =>
  ask(question).reads.find((one) => one.resourceType === resourceType)

describe('what the gateway can read and write at an EHR', () => {
  it('reads software, version and types of the server part of the statement', () => {
    const statement = serving({ Condition: ['read', 'search-type'] })

    expect(statement).toMatchObject({ fhirVersion: '4.0.1', software: 'An EHR 7' })
    expect([...(statement?.resources.keys() ?? [])]).toEqual(['Condition'])
  })

  it('ignores a resource that is not a CapabilityStatement', () => {
    expect(toCapabilityStatement({ resourceType: 'OperationOutcome' })).toBeUndefined()
  })

  it.each([
    {
      name: 'listed',
      question: { statement: serving({ Condition: ['search-type'] }) },
      can: 'yes',
    },
    {
      name: 'listed without interactions',
      question: { statement: serving({ Condition: [] }) },
      can: 'yes',
    },
    { name: 'not listed', question: { statement: serving({ Patient: ['read'] }) }, can: 'no' },
    {
      name: 'listed without search',
      question: { statement: serving({ Condition: ['read'] }) },
      can: 'no',
    },
    { name: 'unknown without a statement', question: { statement: undefined }, can: 'unknown' },
    {
      name: 'unknown from an empty statement',
      question: { statement: serving({}) },
      can: 'unknown',
    },
    {
      name: 'not granted, although the statement lists it',
      question: {
        statement: serving({ Condition: ['search-type'] }),
        missingScopes: ['system/Condition.rs'],
      },
      can: 'no',
    },
    {
      name: 'granted, although another type is not',
      question: {
        statement: serving({ Condition: ['search-type'] }),
        missingScopes: ['system/Coverage.rs'],
      },
      can: 'yes',
    },
    {
      name: 'granted for search, although not for reading by id',
      question: {
        statement: serving({ Condition: ['search-type'] }),
        missingScopes: ['system/Condition.r'],
      },
      can: 'yes',
    },
    {
      name: 'not granted in version 1 of the scopes',
      question: {
        statement: serving({ Condition: ['search-type'] }),
        missingScopes: ['system/Condition.read'],
      },
      can: 'no',
    },
  ])('says of a type that is $name: $can', ({ question, can }) => {
    expect(of(question, 'Condition')?.can).toBe(can)
  })

  it('names the consequence for every type that cannot be read', () => {
    const unread = ask({ statement: serving({ Basic: ['read'] }) }).reads

    expect(unread.map((one) => one.can)).toEqual(unread.map(() => 'no'))
    for (const { reason } of unread) expect(reason).not.toMatch(/it stays unknown/)
  })

  it.each([
    { name: 'a FHIR server that accepts documents', question: {}, can: 'yes' },
    {
      name: 'a read-only FHIR server',
      question: { statement: serving({ DocumentReference: ['read', 'search-type'] }) },
      can: 'no',
    },
    {
      name: 'a FHIR server that did not grant create',
      question: { missingScopes: ['system/DocumentReference.c'] },
      can: 'no',
    },
    { name: "athenahealth's v1 API", question: { writer: 'athena_v1' as const }, can: 'yes' },
    {
      name: "athenahealth's v1 API without its scope",
      question: { writer: 'athena_v1' as const, missingScopes: ['athena/service/Athenanet.MDP.*'] },
      can: 'no',
    },
  ])('says of writing to $name: $can', ({ question, can }) => {
    expect(ask(question).write.can).toBe(can)
  })
})
