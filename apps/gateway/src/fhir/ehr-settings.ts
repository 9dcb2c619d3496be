import type { GatewayConfig } from '../config.ts'
import type { EhrSettings } from './ehr.ts'
import { ehrProfiles } from './profiles/profiles.ts'

const seconds = 1000

/** The sections `Ehr` and `ClinicalQuery` of the configuration, as this module needs them. */
export function toEhrSettings({ Ehr: ehr, ClinicalQuery: query }: GatewayConfig): EhrSettings {
  return {
    profile: ehrProfiles[ehr.Profile],
    fhirBaseUrl: ehr.FhirBaseUrl,
    publicBaseUrl: ehr.PublicBaseUrl,
    tokenEndpoint: ehr.TokenEndpoint,
    clientId: ehr.ClientId,
    clientSecret: ehr.ClientSecret,
    scopes: ehr.Scopes,
    requestTimeoutMs: ehr.RequestTimeoutSeconds * seconds,
    maxConnections: ehr.MaxConnections,
    pageSize: ehr.PageSize ?? ehrProfiles[ehr.Profile].wire.pageSize,
    limits: {
      maxBodyBytes: ehr.Limits.MaxBodyBytes,
      maxPages: ehr.Limits.MaxPages,
      maxHistoryPages: ehr.Limits.MaxHistoryPages,
      maxEntries: ehr.Limits.MaxEntries,
      maxSearchBytes: ehr.Limits.MaxSearchBytes,
      maxDepth: ehr.Limits.MaxDepth,
      maxNodes: ehr.Limits.MaxNodes,
      maxDocumentBytes: ehr.Limits.MaxDocumentBytes,
      maxDocuments: ehr.Limits.MaxDocuments,
    },
    lookback: {
      observationMonths: query.ObservationLookbackMonths,
      procedureMonths: query.ProcedureLookbackMonths,
      documentMonths: query.DocumentLookbackMonths,
      medicationMonths: query.MedicationLookbackMonths,
    },
  }
}
