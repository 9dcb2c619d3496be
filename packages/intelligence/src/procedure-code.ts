import type { Concept, OrderSummary } from '@authscript/prior-auth'
import { serviceFromText } from './codes/service-from-text.ts'
import { systemNameOf } from './codes/system-name.ts'

/**
 * The CPT or HCPCS code on the order itself; if it has no valid one, the single service that its text names
 * unambiguously; otherwise absent. Never a default (invariant 6). HCPCS level I is CPT and charts use either
 * system for both, so the shape of the code decides its system.
 */
export function procedureCodeOf(
  code: Concept,
): Pick<OrderSummary, 'procedureCode' | 'procedureSystem' | 'procedureCodeFrom'> {
  for (const { system, code: text } of code.codings) {
    const name = systemNameOf(system)
    if (text === undefined || (name !== 'cpt' && name !== 'hcpcs')) continue
    if (/^\d{4}[0-9A-Z]$/.test(text))
      return { procedureCode: text, procedureSystem: 'cpt', procedureCodeFrom: 'coding' }
    if (/^[A-V]\d{4}$/.test(text))
      return { procedureCode: text, procedureSystem: 'hcpcs', procedureCodeFrom: 'coding' }
  }
  return fromWords(code)
}

/** Several texts that name different services are ambiguous. */
function fromWords({ text, codings }: Concept): ReturnType<typeof procedureCodeOf> {
  const texts = [text, ...codings.map(({ display }) => display)].filter((one) => one !== undefined)
  const named = new Set(texts.map((one) => serviceFromText(one)))
  const [procedureCode] = named
  if (named.size !== 1 || procedureCode === undefined) return {}
  const procedureSystem = /^\d/.test(procedureCode) ? 'cpt' : 'hcpcs'
  return { procedureCode, procedureSystem, procedureCodeFrom: 'text' }
}
