import { rootCertificates } from 'node:tls'
import type { Clock } from '../clock.ts'
import { ConfigError, type GatewayConfig, keyName } from '../config.ts'
import { readNamedFile } from '../config/named-file.ts'
import { proxyFor } from '../fhir/client/ehr-transport.ts'
import type { WebhookControl } from '../http/routes.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { createDestinations } from '../webhooks/destinations.ts'
import { type PostRequest, postWebhook } from '../webhooks/post-webhook.ts'
import { sealSecrets } from '../webhooks/seal-secrets.ts'
import { createSecretBox } from '../webhooks/secret-box.ts'
import { testWebhook } from '../webhooks/test-webhook.ts'
import { WebhookSender } from '../webhooks/webhook-sender.ts'
import { newWebhookSecret } from '../webhooks/webhook-signature.ts'

const seconds = 1000
const pollIntervalMs = 2000

export interface Webhooks {
  readonly sender: WebhookSender
  /** Must be called before anything is sent. */
  sealSecrets(): Promise<void>
  readonly control: WebhookControl
}

/** @throws {ConfigError} the file of certificate authorities cannot be read */
export function createWebhooks({
  config,
  store,
  clock,
  log,
}: {
  readonly config: GatewayConfig
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
}): Webhooks {
  const { Webhooks: settings } = config
  const ca = trustedCertificates(config)
  const { Http: httpProxy, Https: httpsProxy, Exclude: noProxy } = config.Proxy
  const proxies = { httpProxy, httpsProxy, noProxy }
  const destinations = createDestinations({ allowedNetworks: settings.AllowedNetworks })
  const timeoutMs = settings.TimeoutSeconds * seconds
  const secretBox = createSecretBox(
    settings.EncryptionKeys,
    keyName(config, 'Webhooks.EncryptionKeys'),
  )
  const post = (request: PostRequest, signal: AbortSignal) =>
    postWebhook(
      request,
      { destinations, timeoutMs, ca, proxyFor: (url) => proxyFor(url, proxies) },
      signal,
    )
  const sender = new WebhookSender({
    store,
    post,
    secretBox,
    intervals: {
      intervalMs: settings.RetryIntervalSeconds * seconds,
      maxIntervalMs: settings.MaxRetryIntervalSeconds * seconds,
    },
    timeoutMs,
    giveUpMs: settings.GiveUpHours * 3600 * seconds,
    pollIntervalMs,
    clock,
    log,
  })
  return {
    sender,
    sealSecrets: () => sealSecrets(store, secretBox, log),
    control: {
      seal: (secret, practiceId) => secretBox.seal(secret, practiceId),
      test: (webhook) => testWebhook(webhook, { box: secretBox, post, clock }),
      secretOverlapMs: settings.SecretOverlapHours * 3600 * seconds,
      newSecret: newWebhookSecret,
      faultOf: (url) => destinations.faultOf(url),
      wake: () => sender.wake(),
    },
  }
}

function trustedCertificates(config: GatewayConfig): readonly string[] | undefined {
  const { CaFile: file } = config.Webhooks
  if (file === undefined) return undefined
  const key = keyName(config, 'Webhooks.CaFile')
  const read = readNamedFile(key, file, 'a PEM file')
  if ('fault' in read) throw new ConfigError([read.fault])
  if (!read.text.includes('-----BEGIN CERTIFICATE-----'))
    throw new ConfigError([`${key}: ${file} holds no certificate in PEM`])
  return [...rootCertificates, read.text]
}
