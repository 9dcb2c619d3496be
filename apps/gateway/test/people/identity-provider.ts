import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { Provider } from 'oidc-provider'
import { listen } from '../ehr/answering-server.ts'

export interface IdentityProvider extends AsyncDisposable {
  readonly issuer: string
  /** Where it listens; the issuer can be another address. */
  readonly address: string
  readonly clientId: string
  readonly clientSecret: string
}

export interface Account {
  readonly sub: string
  readonly name?: string
  readonly preferred_username?: string
  readonly groups?: readonly string[]
}

const client = { clientId: 'authscript', clientSecret: 'a secret of the provider' }

function stop(server: ReturnType<typeof createServer>) {
  return {
    ...client,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** An independent provider in which whoever comes is signed in at once as the account. It demands PKCE. */
export async function anIdentityProvider(
  account: () => Account,
  redirectUris: readonly string[],
  signOutUris: readonly string[] = [],
  /** Where it reports a sign-out, and how the form is delivered. */
  backChannel?: { readonly uri: string; deliver(form: string): Promise<Response> },
): Promise<IdentityProvider> {
  const server = createServer()
  const issuer = await listen(server)
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [...redirectUris],
        post_logout_redirect_uris: [...signOutUris],
        token_endpoint_auth_method: 'client_secret_post',
        ...(backChannel && {
          backchannel_logout_uri: backChannel.uri,
          backchannel_logout_session_required: true,
        }),
      },
    ],
    claims: { profile: ['name', 'preferred_username'], groups: ['groups'], openid: ['sub'] },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: backChannel !== undefined },
      rpInitiatedLogout: {
        enabled: true,
        // Without asking for confirmation.
        logoutSource: (context, form) => {
          context.body = form
        },
      },
    },
    clientAuthMethods: ['client_secret_post'],
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ ...account() }) }),
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    fetch: (url, options) =>
      backChannel === undefined
        ? fetch(url, { signal: options?.signal ?? null })
        : backChannel.deliver(String(options?.body)),
  })
  const answer = provider.callback()

  /** Signs in and agrees to everything. */
  async function interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { params, prompt, session } = await provider.interactionDetails(request, response)
    if (prompt.name === 'login')
      return provider.interactionFinished(request, response, {
        login: { accountId: account().sub },
      })
    const grant = new provider.Grant({
      ...(session && { accountId: session.accountId }),
      clientId: String(params['client_id']),
    })
    grant.addOIDCScope('openid profile groups')
    const consent = { grantId: await grant.save() }
    return provider.interactionFinished(request, response, { consent })
  }
  server.on('request', (request, response) => {
    void (request.url?.startsWith('/interaction/') === true
      ? interact(request, response)
      : answer(request, response))
  })
  return { issuer, address: issuer, ...stop(server) }
}

/** What a provider that lies puts into the ID token of a sign-in. */
export interface Lie {
  readonly what: string
  readonly claims?: (honest: JWTPayload) => JWTPayload
  /** Signed with a key that it does not publish, or not signed. */
  readonly signedBy?: 'another key' | 'nobody'
  /** Is sent instead of a token. */
  readonly answer?: { readonly status: number; readonly body: string }
}

/**
 * A provider of our own that answers each sign-in as `lie` says.
 *
 * @param behind the issuer that it claims to be, if it is reachable only under another address
 */
export async function aLyingProvider(
  lie: () => Lie,
  behind?: { readonly issuer: string; readonly server: Server },
): Promise<IdentityProvider> {
  const server = behind?.server ?? createServer()
  const address = await listen(server)
  const issuer = behind?.issuer ?? address
  const [own, other] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')])
  const published = { ...(await exportJWK(own.publicKey)), kid: 'a', alg: 'RS256', use: 'sig' }
  let nonce = ''

  async function idToken(): Promise<string> {
    const now = Math.floor(Date.now() / 1000)
    const { claims = (honest: JWTPayload) => honest, signedBy } = lie()
    const payload = claims({
      iss: issuer,
      aud: client.clientId,
      sub: 'the-subject',
      nonce,
      iat: now,
      exp: now + 300,
      name: 'Lia R.',
      groups: ['clinicians'],
    })
    if (signedBy === 'nobody') return new UnsecuredJWT(payload).encode()
    const { privateKey } = signedBy === 'another key' ? other : own
    return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'a' }).sign(privateKey)
  }

  async function answerTo(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer)
    const json = (body: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    }
    if (url.pathname === '/.well-known/openid-configuration')
      return json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      })
    if (url.pathname === '/keys') return json({ keys: [published] })
    if (url.pathname === '/authorize') {
      nonce = url.searchParams.get('nonce') ?? ''
      const back = new URL(url.searchParams.get('redirect_uri') ?? '')
      back.search = String(
        new URLSearchParams({ code: 'c', state: url.searchParams.get('state') ?? '' }),
      )
      response.writeHead(302, { location: back.href })
      response.end()
      return undefined
    }
    const { answer } = lie()
    if (answer !== undefined) return json(answer.body, answer.status)
    return json({ access_token: 'x', token_type: 'Bearer', id_token: await idToken() })
  }
  server.on('request', (request, response) => void answerTo(request, response))
  return { issuer, address, ...stop(server) }
}
