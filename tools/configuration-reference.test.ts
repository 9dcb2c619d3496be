import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { about, integer, key, matching } from '../apps/gateway/src/config/fields.ts'
import { toKeyTree } from '../apps/gateway/src/config/key-tree.ts'
import { renderConfiguration } from './configuration-reference.ts'

describe('docs/configuration.md', () => {
  const schema = z.strictObject({
    Kitchen: about(
      z.strictObject({
        Ovens: key(integer(1, 4).default(2), { unit: 'ovens', effect: 'More bake more.' }),
        Cooks: key(
          z
            .array(
              z.strictObject({
                Grade: key(matching(/^[ab]\|[cd]$/, 'a|c or b|d'), { effect: 'Who may bake.' }),
              }),
            )
            .default([]),
          { effect: 'Who works here.' },
        ),
      }),
      'Where bread is made.',
    ),
  })

  it('has a row for each key: variable, unit, range, default, and what it does', () => {
    const page = renderConfiguration(toKeyTree(schema))

    expect(page).toContain(`## Kitchen

Where bread is made.

| Key | Environment variable | Unit | Allowed | Default | What it does |
| --- | --- | --- | --- | --- | --- |
| \`Ovens\` | \`Kitchen__Ovens\` | ovens | a whole number from 1 to 4 | \`2\` | More bake more. |
| \`Cooks\` | \`Kitchen__Cooks__N__…\` |  | a list, one section each | \`[]\` | Who works here. |
| \`Cooks.N.Grade\` | \`Kitchen__Cooks__N__Grade\` |  | a\\|c or b\\|d | **required** | Who may bake. |
`)
  })
})
