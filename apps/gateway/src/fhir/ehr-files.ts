import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { ConfigError } from '../config.ts'
import type { TransportSettings } from './client/ehr-transport.ts'
import { KeyFileFault, readSigningKeys, type SigningKeys } from './token/signing-keys.ts'

/** Reads the files that the section `Ehr` names, once at the start. Every error is a ConfigError with the key of the file. */

export function readKeyFile(file: string, signingKeyId: string | undefined): SigningKeys {
  const text = readText('PrivateKeyFile', file)
  try {
    return readSigningKeys(text, signingKeyId)
  } catch (error) {
    if (!(error instanceof KeyFileFault)) throw error
    throw new ConfigError([`Ehr.PrivateKeyFile: ${file} cannot be used: ${error.message}`])
  }
}

export function readCaFile(file: string): string {
  const text = readText('CaFile', file)
  if (certificatesIn(text) === 0)
    throw new ConfigError([`Ehr.CaFile: ${file} holds no certificate in PEM`])
  return text
}

export function readClientCertificate(
  certificateFile: string,
  keyFile: string,
  passphrase: string | undefined,
): NonNullable<TransportSettings['client']> {
  const certificate = readText('ClientCertificateFile', certificateFile)
  const key = readText('ClientKeyFile', keyFile)
  if (certificatesIn(certificate) === 0) {
    throw new ConfigError([
      `Ehr.ClientCertificateFile: ${certificateFile} holds no certificate in PEM`,
    ])
  }
  try {
    createSecureContext({
      cert: certificate,
      key,
      ...(passphrase === undefined ? {} : { passphrase }),
    })
  } catch {
    throw new ConfigError([
      `Ehr.ClientKeyFile: ${keyFile} holds no key in PEM for the certificate in ${certificateFile}, or Ehr.ClientKeyPassphrase does not open it`,
    ])
  }
  return { certificate, key, passphrase }
}

function readText(key: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable'
    throw new ConfigError([`Ehr.${key}: ${file} cannot be read (${code})`])
  }
}

/** 0 if any certificate is damaged. */
function certificatesIn(text: string): number {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? []
  try {
    return blocks.filter((pem) => new X509Certificate(pem).serialNumber !== '').length
  } catch {
    return 0
  }
}
