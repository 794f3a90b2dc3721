import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from "node:crypto";

const ITERATIONS = 1_000_000;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** What the salt's third part decrypts to when the passphrase is right. */
const CHECK_TEXT = "pulumi";

// Deriving a key takes about half a second by design, and a test opens many stacks with one passphrase.
const keys = new Map<string, Buffer>();
const saltOfPassphrase = new Map<string, Buffer>();

function deriveKey(passphrase: string, salt: Buffer): Buffer {
  const name = `${salt.toString("base64")}:${passphrase}`;
  const key = keys.get(name) ?? pbkdf2Sync(passphrase, salt, ITERATIONS, KEY_BYTES, "sha256");
  keys.set(name, key);
  return key;
}

/** The passphrase secrets provider of the real engine: AES-256-GCM, with a key derived by PBKDF2. */
export class Crypter {
  private constructor(
    private readonly key: Buffer,
    /** What the state file keeps: `v1:<salt>:<encrypted check text>`. */
    readonly salt: string,
  ) {}

  /** A crypter for a new stack. Stacks that one process makes share a salt. */
  static create(passphrase: string): Crypter {
    const salt = saltOfPassphrase.get(passphrase) ?? randomBytes(8);
    saltOfPassphrase.set(passphrase, salt);
    const key = deriveKey(passphrase, salt);
    return new Crypter(key, `v1:${salt.toString("base64")}:${encryptWith(key, CHECK_TEXT)}`);
  }

  /** The crypter of an existing stack. Throws when the passphrase is not the one it was made with. */
  static fromSalt(passphrase: string, saltText: string): Crypter {
    const [version, salt, ...check] = saltText.split(":");
    if (version !== "v1" || salt === undefined) throw new Error("unknown format of the state's salt");
    const key = deriveKey(passphrase, Buffer.from(salt, "base64"));
    let text: string | undefined;
    try {
      text = decryptWith(key, check.join(":"));
    } catch {
      text = undefined;
    }
    if (text !== CHECK_TEXT) throw new Error("incorrect passphrase");
    return new Crypter(key, saltText);
  }

  /** Encrypts a text as `v1:<nonce>:<ciphertext>`. */
  encrypt(text: string): string {
    return encryptWith(this.key, text);
  }

  /** Decrypts what {@link encrypt} wrote. Throws when it was altered or is not ours. */
  decrypt(text: string): string {
    return decryptWith(this.key, text);
  }
}

function encryptWith(key: Buffer, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
}

function decryptWith(key: Buffer, text: string): string {
  const [version, nonce, sealed] = text.split(":");
  if (version !== "v1" || nonce === undefined || sealed === undefined) throw new Error("unknown format of a secret");
  const bytes = Buffer.from(sealed, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString("utf8");
}
