import { describe, expect, it } from 'vitest'
import { hrefOf, parseErrorCatalogue, readErrorCatalogue } from './error-catalogue.ts'

describe('the catalogue of errors', () => {
  it('has every code of docs/errors.md, with its cause and what to do', () => {
    const catalogue = readErrorCatalogue()

    expect(catalogue.size).toBeGreaterThan(100)
    expect(catalogue.get('ehr_forbidden')).toEqual({
      code: 'ehr_forbidden',
      section: 'The EHR',
      when: '403 for a resource type without which nothing can be analyzed',
      remedy: "check scopes and the practice's consent",
    })
    // A link of the document means nothing elsewhere.
    expect(catalogue.get('ehr_unauthorized')?.remedy).toMatch(/private key, scopes; credentials$/)
    expect(hrefOf(catalogue, 'ehr_forbidden')).toBe('/docs/errors#ehr_forbidden')
    expect(hrefOf(catalogue, 'of_nobody')).toBeNull()
  })

  it('reads tables by the names of their columns', () => {
    const table =
      '## Odd\n\n| Code | Status | When |\n| --- | --- | --- |\n| `a_b` | 409 | x \\| y |\n'

    expect([...parseErrorCatalogue(table).values()]).toEqual([
      { code: 'a_b', section: 'Odd', when: 'x | y', remedy: undefined },
    ])
  })
})
