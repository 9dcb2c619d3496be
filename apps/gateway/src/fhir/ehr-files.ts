import { X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import { ConfigError } from '../config.ts'
import { readNamedFile } from '../config/named-file.ts'
import type { TransportSettings } from './client/ehr-transport.ts'
import { KeyFileFault, readSigningKeys, type SigningKeys } from './token/signing-keys.ts'

/** Reads the files that the section `Ehr` names, once at the start. Every error is a ConfigError with the key of the file. */

/** A key of the section as the operator wrote it: `CaFile` to `Ehr.CaFile` or `Athena__CaFile`. */
export type EhrKeyName = (key: string) => string

export function readKeyFile(
  file: string,
  signingKeyId: string | undefined,
  keyName: EhrKeyName,
): SigningKeys {
  const key = keyName('PrivateKeyFile')
  const text = readText(key, file, 'a file with private keys: PEM, JWK or JWKS')
  try {
    return readSigningKeys(text, signingKeyId)
  } catch (error) {
    if (!(error instanceof KeyFileFault)) throw error
    throw new ConfigError([`${key}: ${file} cannot be used: ${error.message}`])
  }
}

export function readCaFile(file: string, keyName: EhrKeyName): string {
  const key = keyName('CaFile')
  const text = readText(key, file, 'a PEM file')
  if (certificatesIn(text) === 0)
    throw new ConfigError([`${key}: ${file} holds no certificate in PEM`])
  return text
}

export function readClientCertificate(
  certificateFile: string,
  keyFile: string,
  passphrase: string | undefined,
  keyName: EhrKeyName,
): NonNullable<TransportSettings['client']> {
  const certificate = readText(keyName('ClientCertificateFile'), certificateFile, 'a PEM file')
  const key = readText(keyName('ClientKeyFile'), keyFile, 'a PEM file')
  if (certificatesIn(certificate) === 0) {
    throw new ConfigError([
      `${keyName('ClientCertificateFile')}: ${certificateFile} holds no certificate in PEM`,
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
      `${keyName('ClientKeyFile')}: ${keyFile} holds no key in PEM for the certificate in ${certificateFile}, or ${keyName('ClientKeyPassphrase')} does not open it`,
    ])
  }
  return { certificate, key, passphrase }
}

function readText(key: string, file: string, expected: string): string {
  const read = readNamedFile(key, file, expected)
  if ('fault' in read) throw new ConfigError([read.fault])
  return read.text
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
