import { describe, expect, it } from 'vitest'
import { policies } from '../policy/registry.ts'
import { serviceFromText } from './service-from-text.ts'
import { serviceNames } from './service-names.ts'

describe('serviceFromText', () => {
  it.each([
    ['MRI Lumbar Spine w/o contrast', '72148'],
    ['MRI of the lumbar spine without IV contrast', '72148'],
    ['MR imaging, L-spine, without contrast', '72148'],
    ['Magnetic resonance imaging of lumbar spine, noncontrast', '72148'],
    ['MRI LUMBAR SPINE W CONTRAST', '72149'],
    ['MRI lumbar spine with and without contrast', '72158'],
    ['MRI lumbar spine w/wo contrast', '72158'],
    ['MRI lumbar spine without and with contrast', '72158'],
    ['MRI left knee without contrast', '73721'],
    ['Total knee replacement, right', '27447'],
    ['TKA left', '27447'],
    ['C-PAP machine', 'E0601'],
    ['Continuous Positive Airway Pressure device', 'E0601'],
    ['Remicade', 'J1745'],
  ])('finds the one service that "%s" names', (text, code) => {
    expect(serviceFromText(text)).toBe(code)
  })

  it.each([
    'MRI lumbar spine',
    'MRI lumbar spine with or without contrast',
    'MRI lumbar spine, contrast per radiology',
    'MRI lumbar spine without contrast, rule out cauda equina',
    'no MRI lumbar spine without contrast',
    'MRI lumbar and thoracic spine without contrast',
    'cancel CPAP',
    'CPAP supplies',
    'CPAP titration',
    'home oxygen',
    'infliximab',
    'infliximab 5 mg/kg',
    'echocardiogram',
    'physical therapy',
    '',
    'x'.repeat(100_000),
  ])('leaves "%s" to a person', (text) => {
    expect(serviceFromText(text)).toBeUndefined()
  })

  it('names only services of the catalogue, each name for one code', () => {
    const catalogue = new Set(policies.flatMap((policy) => policy.procedureCodes))
    const names = Object.entries(serviceNames).flatMap(([code, all]) =>
      all.map((name) => ({ code, name })),
    )

    for (const { code, name } of names) {
      expect(catalogue).toContain(code)
      expect(serviceFromText(name), name).toBe(code)
    }
  })
})
