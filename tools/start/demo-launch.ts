import type { GatewayConfig } from '../../apps/gateway/src/config.ts'
import type { Gateway } from '../../apps/gateway/src/gateway.ts'
import type { Sandbox } from '../../apps/sandbox-ehr/src/server.ts'

const clientId = 'sandbox-client'

/**
 * Sections with which the sandbox EHR may open the gateway. Empty if it is not known before the start where browsers reach the gateway, or
 * if that is an address at which they keep no cookies in a frame.
 */
export function demoLaunch({ Http, Launch }: GatewayConfig, sandbox: Sandbox, practice: string) {
  const isOwn = Http.PublicUrl === undefined && Http.Host === '127.0.0.1' && Http.Port !== 0
  // A name, because passkeys are for no address.
  const publicUrl = isOwn ? `http://localhost:${Http.Port}` : Http.PublicUrl
  if (Launch.Issuers.length > 0 || publicUrl === undefined || !isKept(publicUrl)) return {}
  return {
    Http: { PublicUrl: publicUrl },
    Launch: {
      Issuers: [
        {
          FhirBaseUrl: sandbox.fhirBaseUrl,
          ClientId: clientId,
          ClientSecret: 'sandbox-secret',
          PracticeId: practice,
          FrameHosts: [sandbox.baseUrl, sandbox.baseUrl.replace('127.0.0.1', 'localhost')],
        },
      ],
    },
  }
}

/** Gives the sandbox EHR a button that opens the gateway, and says who of the demo its clinician is. */
export async function connectDemoLaunch(
  gateway: Gateway,
  { Http, Launch }: GatewayConfig,
  { sandbox, login, practice }: { sandbox: Sandbox; login: string; practice: string },
): Promise<void> {
  const [issuer] = Launch.Issuers
  const { PublicUrl } = Http
  if (issuer === undefined || PublicUrl === undefined) return
  const launchUrl = `${PublicUrl.replace(/\/$/, '')}/launch`
  sandbox.control.registerApp(clientId, { launchUrl, redirectUris: [`${launchUrl}/callback`] })
  const person = await gateway.store.people.findByLogin(login)
  if (person === undefined) return
  await gateway.store.ehrIdentities.link(
    {
      personId: person.person_id,
      fhirBaseUrl: issuer.FhirBaseUrl.replace(/\/$/, ''),
      fhirUser: `Practitioner/a-${practice}.practitioner-7`,
      linkedBy: 'npm start',
    },
    new Date(),
  )
}

const isKept = (url: string): boolean =>
  url.startsWith('https:') || ['localhost', '127.0.0.1'].includes(new URL(url).hostname)
