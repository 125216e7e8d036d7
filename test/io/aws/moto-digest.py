"""A moto server whose kms:Sign does two things as KMS does them and moto does not: MessageType DIGEST has the digest signed as it
is, and the salt of RSA-PSS is as long as the digest."""
import sys

try:
    from cryptography.hazmat.primitives.asymmetric import ec, utils
    from cryptography.hazmat.primitives.asymmetric.padding import MGF1, PSS
    from moto.kms import responses
    from moto.kms import utils as keys
    from moto.server import main
except ImportError:
    sys.exit(127)

given = {"type": "RAW"}


class Signing:
    """The private key, with the hash of whoever asks exchanged for one that was done already."""

    def __init__(self, key):
        self.key = key

    def public_key(self):
        return self.key.public_key()

    def sign(self, message, *how):
        if given["type"] != "DIGEST":
            return self.key.sign(message, *how)
        if len(how) == 1:
            return self.key.sign(message, ec.ECDSA(utils.Prehashed(how[0].algorithm)))
        pss = PSS(mgf=MGF1(how[1]), salt_length=PSS.DIGEST_LENGTH)
        return self.key.sign(message, pss, utils.Prehashed(how[1]))


for kind in (keys.RSAPrivateKey, keys.ECDSAPrivateKey):
    make = kind.__init__

    def wrapped(self, *args, make=make, **named):
        make(self, *args, **named)
        self.private_key = Signing(self.private_key)

    kind.__init__ = wrapped

plain = responses.KmsResponse.sign


def sign(self):
    given["type"] = self._get_param("MessageType") or "RAW"
    return plain(self)


responses.KmsResponse.sign = sign
main(sys.argv[1:])
