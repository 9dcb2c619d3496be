import { describe, expect, it } from 'vitest'
import { configKeys } from '../apps/gateway/src/config.ts'
import { renderConfiguration } from './configuration-reference.ts'

describe('docs/configuration.md', () => {
  const page = renderConfiguration(configKeys())

  it('has a table for each section, and for the other programs', () => {
    const titles = [...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title)

    expect(titles).toEqual([
      ...configKeys().keys.keys(),
      'The sandbox EHR',
      'The intelligence service',
    ])
  })

  it.each([
    '| `WorkerCount` | `TaskOrchestrator__WorkerCount` | workers | a whole number from 1 to 1024 | `2` | ',
    '| `Resiliency.UseExponentialBackoff` | `TaskOrchestrator__Resiliency__UseExponentialBackoff` |  | true or false | `true` | ',
    '| `ClientId` | `Ehr__ClientId` |  | a text that is not empty | **required** | ',
    '| `Documents.Type` | `Ehr__Documents__Type` |  | a code, or system\\|code | not set: as the profile says | ',
    '| `Credentials` | `Auth__Credentials__N__…` |  | a list, one section each | `[]` | ',
    '| `Credentials.N.Label` | `Auth__Credentials__N__Label` |  | a text of 1 to 100 characters | **required** | ',
    '| `TimeZones` | `Practice__TimeZones__NAME` |  | a section of free names; each value is an IANA time zone, like America/New_York | `{}` | ',
    '| `Sandbox__Port`, `--port` | port number | a whole number from 0 to 65535 | 8081 | ',
  ])('has a row: %s', (row) => {
    expect(page.split('\n').filter((line) => line.startsWith(row))).toHaveLength(1)
  })
})
