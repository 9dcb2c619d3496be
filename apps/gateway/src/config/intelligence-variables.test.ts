import { expect, it } from 'vitest'
import { serviceVariables } from '../../../intelligence-service/src/config.ts'
import { configKeys } from '../config.ts'
import { intelligenceServiceVariables } from '../intelligence/intelligence-config.ts'

it('the gateway leaves exactly those variables of the intelligence service alone that it has no key for', () => {
  const ours = configKeys().keys.get('Intelligence')?.keys
  const theirs = Object.keys(serviceVariables).filter(
    (name) => ours?.has(name.replace('Intelligence__', '')) !== true,
  )

  expect([...intelligenceServiceVariables].sort()).toEqual(theirs.sort())
})
