import { describe, expect, it } from 'vitest'
import { doubledKeys } from './doubled-keys.ts'

describe('a key that is twice in one object of a JSON text', () => {
  it.each([
    { json: '{"a": 1, "b": {"a": 1}, "c": [{"a": 1}, {"a": 2}]}', found: [] },
    { json: '{"a": "b", "b": "a", "c": ["a", "a", "c"]}', found: [] },
    { json: '{\n"a": 1,\n"a": 2}', found: [{ path: ['a'], lines: [2, 3] }] },
    { json: '{"a": {"b": 1,\n"c": [1, 2], "b": 2}}', found: [{ path: ['a', 'b'], lines: [1, 2] }] },
    {
      json: '{"a": [0, [], {"b": {}, "b": []}]}',
      found: [{ path: ['a', '2', 'b'], lines: [1, 1] }],
    },
    { json: String.raw`{"a\"{": "\\", "\u0061\"{": 1}`, found: [{ path: ['a"{'], lines: [1, 1] }] },
    {
      json: '{"a":1,\n"a":2,\n"a":3}',
      found: [
        { path: ['a'], lines: [1, 2] },
        { path: ['a'], lines: [1, 3] },
      ],
    },
    { json: '[{"a": 1}, {"a": 1}]', found: [] },
    { json: '"a"', found: [] },
  ])('is found with its path and lines: $json', ({ json, found }) => {
    expect(() => JSON.parse(json)).not.toThrow()
    expect(doubledKeys(json)).toEqual(found)
  })
})
