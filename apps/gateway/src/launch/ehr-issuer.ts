import type { Role } from '@authscript/prior-auth'
import type { ClientAuthentication } from '../openid/open-id-server.ts'

/** An EHR from which people may come. */
export interface EhrIssuer {
  /** As configured. `iss` must name it, and only this address is asked where to sign in. */
  readonly fhirBaseUrl: string
  readonly clientId: string
  readonly authentication: ClientAuthentication
  /** The practices whose charts are opened from there. */
  readonly practiceIds: readonly string[]
  /** The origins of the pages that show us in a frame. */
  readonly frameHosts: readonly string[]
  /** Whether those pages and ours send each other messages. */
  readonly hasFrameMessages: boolean
  readonly scopes: readonly string[]
  /** The `iss` of its id tokens, where it is not what its SMART configuration says. */
  readonly idTokenIssuer: string | undefined
  /** The roles of a person who comes for the first time; undefined: they are refused. */
  readonly newPeople: { readonly roles: readonly Role[] } | undefined
}

/** The configured EHR with this `iss`. No request is sent to any other address. */
export function findIssuer(issuers: readonly EhrIssuer[], iss: string): EhrIssuer | undefined {
  const wanted = comparable(iss)
  return wanted === undefined
    ? undefined
    : issuers.find(({ fhirBaseUrl }) => comparable(fhirBaseUrl) === wanted)
}

/** Equal for addresses that differ in the case of the host, a default port or a slash at the end. */
export function comparable(address: string): string | undefined {
  return URL.parse(address)?.href.replace(/\/$/, '')
}
