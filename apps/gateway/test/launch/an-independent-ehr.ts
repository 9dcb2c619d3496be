import { generateKeyPairSync } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type Configuration, Provider } from 'oidc-provider'
import { onTestFinished } from 'vitest'
import { listen } from '../ehr/answering-server.ts'

export interface IndependentEhr {
  readonly fhirBaseUrl: string
  /** What the token answer says besides the tokens. */
  context: Readonly<Record<string, unknown>>
  /** Authorization requests that were accepted, as the server read them. */
  readonly accepted: Readonly<Record<string, unknown>>[]
  /** Is called with every answer of the token endpoint. */
  change(body: Record<string, unknown>): Promise<void>
}

/**
 * An EHR by a third party's OpenID server (`oidc-provider`), extended by what SMART adds: `launch` and `aud` in the request, the context
 * in the token answer, a SMART configuration. Its FHIR server and its issuer have different addresses, as at most EHRs.
 */
export async function anIndependentEhr(
  redirectUri: string,
  { client = {} }: { readonly client?: object } = {},
): Promise<IndependentEhr> {
  const server = createServer()
  const issuer = await listen(server)
  const fhirBaseUrl = `${issuer}/tenant/fhir`
  const ehr: IndependentEhr = {
    fhirBaseUrl,
    context: { patient: 'pat-1', encounter: 'enc-1', need_patient_banner: true },
    accepted: [],
    change: async () => undefined,
  }
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const provider = new Provider(issuer, configurationOf({ ehr, privateKey, redirectUri, client }))
  provider.use(async (context, next) => {
    await next()
    const { body } = context
    if (context.path !== '/token' || typeof body !== 'object' || body === null) return
    if ('access_token' in body) Object.assign(body, ehr.context)
    await ehr.change(body as Record<string, unknown>)
  })
  const answer = provider.callback()
  server.on('request', (request, response) => void route(request, response))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return ehr

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', issuer)
    if (pathname === '/tenant/fhir/.well-known/smart-configuration')
      return void response.setHeader('content-type', 'application/json').end(
        JSON.stringify({
          issuer,
          jwks_uri: `${issuer}/jwks`,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          code_challenge_methods_supported: ['S256'],
          authorization_response_iss_parameter_supported: true,
          capabilities: ['launch-ehr', 'sso-openid-connect', 'context-ehr-patient'],
        }),
      )
    if (pathname.startsWith('/interaction/')) return await signIn(request, response)
    return void answer(request, response)
  }

  /** The user has signed in to the EHR before, and the practice has allowed the app. */
  async function signIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { params } = await provider.interactionDetails(request, response)
    ehr.accepted.push(params)
    const grant = new provider.Grant({ accountId: 'user-7', clientId: String(params['client_id']) })
    grant.addOIDCScope(String(params['scope']))
    const grantId = await grant.save()
    await provider.interactionFinished(request, response, {
      login: { accountId: 'user-7' },
      consent: { grantId },
    })
  }
}

function configurationOf({
  ehr,
  privateKey,
  redirectUri,
  client,
}: {
  readonly ehr: IndependentEhr
  readonly privateKey: ReturnType<typeof generateKeyPairSync>['privateKey']
  readonly redirectUri: string
  readonly client: object
}): Configuration {
  return {
    clients: [
      {
        client_id: 'authscript',
        client_secret: 'a secret/with:odd+chars%-_.~',
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_basic',
        application_type: 'native',
        ...client,
      },
    ],
    clientAuthMethods: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: ['RS384', 'ES384'] },
    jwks: {
      keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'ehr-key', alg: 'RS256', use: 'sig' }],
    },
    scopes: ['openid', 'launch', 'fhirUser', 'profile'],
    claims: { openid: ['sub'], fhirUser: ['fhirUser'], profile: ['name'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    extraParams: ['launch', 'aud'],
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    cookies: { keys: ['a key of the test'] },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      IdToken: 300,
      Interaction: 600,
      Session: 600,
      Grant: 600,
    },
    findAccount: (_context, accountId) => ({
      accountId,
      claims: async () => ({
        sub: accountId,
        fhirUser: `${ehr.fhirBaseUrl}/Practitioner/prac-7`,
        name: 'Amara Okafor',
      }),
    }),
  }
}
