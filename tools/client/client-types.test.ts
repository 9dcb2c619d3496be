import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clientTypes, clientTypesFile } from './run.ts'
import { typeText } from './type-text.ts'

describe('the types of the client', () => {
  it('are those of the routes; npm run client-types writes them', async () => {
    const written = readFileSync(join(import.meta.dirname, '..', '..', clientTypesFile), 'utf8')

    expect(written === (await clientTypes()), 'run npm run client-types').toBe(true)
  })

  it.each([
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ enum: ['a', 1, null] }, '"a" | 1 | null'],
    [
      { type: 'array', items: { anyOf: [{ const: 'a' }, { type: 'null' }] } },
      'readonly ("a" | null)[]',
    ],
    [
      { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }] },
      'readonly [string, number]',
    ],
    [{ $ref: '#/components/schemas/Role' }, 'Role'],
    [{ allOf: [{ $ref: '/A' }, { $ref: '/B' }] }, 'A & B'],
    [
      { type: 'object', additionalProperties: { type: 'number' } },
      '{\nreadonly [name: string]: number\n}',
    ],
    [
      { type: 'object', properties: { 'a-b': { type: 'boolean' }, c: {} }, required: ['a-b'] },
      "{\nreadonly 'a-b': boolean\nreadonly c?: unknown | undefined\n}",
    ],
    [{}, 'unknown'],
  ] as const)('say %j as %s', (schema, text) => {
    expect(typeText(schema)).toBe(text)
  })
})
