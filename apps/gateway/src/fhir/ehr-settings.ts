import type { GatewayConfig } from '../config.ts'
import type { EhrSettings } from './ehr.ts'

const seconds = 1000

/** The sections `Athena` and `ClinicalQuery` of the configuration, as this room wants them. */
export function toEhrSettings({
  Athena: athena,
  ClinicalQuery: query,
}: GatewayConfig): EhrSettings {
  return {
    fhirBaseUrl: athena.FhirBaseUrl,
    tokenEndpoint: athena.TokenEndpoint,
    clientId: athena.ClientId,
    clientSecret: athena.ClientSecret,
    scopes: athena.Scopes,
    requestTimeoutMs: athena.RequestTimeoutSeconds * seconds,
    maxConnections: athena.MaxConnections,
    limits: {
      maxBodyBytes: athena.Limits.MaxBodyBytes,
      maxPages: athena.Limits.MaxPages,
      maxEntries: athena.Limits.MaxEntries,
      maxSearchBytes: athena.Limits.MaxSearchBytes,
      maxDepth: athena.Limits.MaxDepth,
      maxDocumentBytes: athena.Limits.MaxDocumentBytes,
      maxDocuments: athena.Limits.MaxDocuments,
    },
    lookback: {
      observationMonths: query.ObservationLookbackMonths,
      procedureMonths: query.ProcedureLookbackMonths,
      documentMonths: query.DocumentLookbackMonths,
      medicationMonths: query.MedicationLookbackMonths,
    },
  }
}
