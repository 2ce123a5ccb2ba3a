// WebAuthn's JSON forms (WebAuthn Level 3 §5.1.8–5.1.10). Browsers convert
// them natively; the fallback serves those that can't yet, and password
// managers that replace `navigator.credentials` with objects without `toJSON`.

import type { CreationOptions, RequestOptions } from "../api/passkeys.ts";
import { decode, encode } from "./base64url.ts";

export function readCreationOptions(json: CreationOptions): PublicKeyCredentialCreationOptions {
  if (PublicKeyCredential.parseCreationOptionsFromJSON) {
    return PublicKeyCredential.parseCreationOptionsFromJSON(json);
  }
  return {
    ...json,
    user: { ...json.user, id: decode(json.user.id) },
    challenge: decode(json.challenge),
    excludeCredentials: readDescriptors(json.excludeCredentials),
  } as unknown as PublicKeyCredentialCreationOptions;
}

export function readRequestOptions(json: RequestOptions): PublicKeyCredentialRequestOptions {
  if (PublicKeyCredential.parseRequestOptionsFromJSON) {
    return PublicKeyCredential.parseRequestOptionsFromJSON(json);
  }
  return {
    ...json,
    challenge: decode(json.challenge),
    allowCredentials: readDescriptors(json.allowCredentials),
  } as unknown as PublicKeyCredentialRequestOptions;
}

function readDescriptors(
  descriptors: PublicKeyCredentialDescriptorJSON[] | undefined,
): PublicKeyCredentialDescriptor[] {
  return (descriptors ?? []).map(
    (descriptor) => ({ ...descriptor, id: decode(descriptor.id) }) as PublicKeyCredentialDescriptor,
  );
}

export function writeCredential(credential: PublicKeyCredential): unknown {
  try {
    return credential.toJSON();
  } catch {
    return {
      id: credential.id,
      rawId: encode(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
      clientExtensionResults: credential.getClientExtensionResults(),
      response: writeResponse(credential.response),
    };
  }
}

function writeResponse(response: AuthenticatorResponse): Record<string, unknown> {
  const clientDataJSON = encode(response.clientDataJSON);
  if ("attestationObject" in response) {
    const attestation = response as AuthenticatorAttestationResponse;
    return {
      clientDataJSON,
      attestationObject: encode(attestation.attestationObject),
      transports: attestation.getTransports?.() ?? [],
    };
  }
  const assertion = response as AuthenticatorAssertionResponse;
  return {
    clientDataJSON,
    authenticatorData: encode(assertion.authenticatorData),
    signature: encode(assertion.signature),
    userHandle: assertion.userHandle ? encode(assertion.userHandle) : undefined,
  };
}
