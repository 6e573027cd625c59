package org.plainsong.server.net;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.crypto.Randomness;

/**
 * The TLS key of a server and the certificate that it signed itself. Nobody trusts the certificate for what it says: others know the server by the SHA-256
 * of its SubjectPublicKeyInfo, which stands in the group definition (protocol §3).
 *
 * @param key P-256, because BoringSSL takes no Ed25519 certificate
 * @param certificate over that key
 */
public record TlsIdentity(PrivateKey key, X509Certificate certificate) {
    private static final String KEY_LABEL = "PRIVATE KEY";
    private static final String CERTIFICATE_LABEL = "CERTIFICATE";
    private static final Duration CLOCKS_MAY_DIFFER = Duration.ofDays(2);
    private static final Duration VALID = Duration.ofDays(365L * 30);
    private static final int SERIAL_BYTES = 15;

    /**
     * Makes a new key and certificate.
     *
     * @param host common name; shown to whoever connects, so that it looks like what it is reached by
     */
    public static TlsIdentity create(String host, Randomness random, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            X500Name name = new X500NameBuilder(BCStyle.INSTANCE)
                    .addRDN(BCStyle.CN, host)
                    .build();
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(1, random.bytes(SERIAL_BYTES)).add(BigInteger.ONE),
                    Date.from(now.minus(CLOCKS_MAY_DIFFER)),
                    Date.from(now.plus(VALID)),
                    name,
                    pair.getPublic());
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
            return new TlsIdentity(pair.getPrivate(), certificate);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("this Java runtime cannot make a P-256 certificate", e);
        }
    }

    /** SHA-256 of the SubjectPublicKeyInfo: what others pin, 32 bytes. */
    public ByteString pin() {
        return pinOf(certificate);
    }

    static ByteString pinOf(X509Certificate certificate) {
        return Hash.sha256(certificate.getPublicKey().getEncoded());
    }

    /** The private key as PEM (PKCS #8). */
    public String keyPem() {
        return pem(KEY_LABEL, key.getEncoded());
    }

    /** The certificate as PEM. */
    public String certificatePem() {
        try {
            return pem(CERTIFICATE_LABEL, certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read cannot be written", e);
        }
    }

    /**
     * Reads back what {@link #keyPem()} and {@link #certificatePem()} gave.
     *
     * @throws GeneralSecurityException if the texts are not these, or do not belong together
     */
    public static TlsIdentity read(String keyPem, String certificatePem) throws GeneralSecurityException {
        PrivateKey key =
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(unpem(KEY_LABEL, keyPem)));
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(unpem(CERTIFICATE_LABEL, certificatePem)));
        TlsIdentity identity = new TlsIdentity(key, certificate);
        identity.checkPair();
        return identity;
    }

    private void checkPair() throws GeneralSecurityException {
        java.security.Signature signature = java.security.Signature.getInstance("SHA256withECDSA");
        byte[] probe = "pair".getBytes(StandardCharsets.US_ASCII);
        signature.initSign(key);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(probe);
        if (!signature.verify(signed)) {
            throw new GeneralSecurityException("key and certificate do not belong together");
        }
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + label + "-----\n";
    }

    private static byte[] unpem(String label, String pem) throws GeneralSecurityException {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        int from = pem.indexOf(begin);
        int to = pem.indexOf(end);
        if (from < 0 || to < from) {
            throw new GeneralSecurityException("holds no " + label);
        }
        try {
            String body = pem.substring(from + begin.length(), to);
            return Base64.getDecoder().decode(body.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("holds a damaged " + label, e);
        }
    }
}
