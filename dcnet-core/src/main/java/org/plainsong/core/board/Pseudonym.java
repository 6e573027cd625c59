package org.plainsong.core.board;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.plainsong.core.bytes.ByteString;
import org.plainsong.core.crypto.Hash;
import org.plainsong.core.message.PublicKey;

/**
 * How a slot is shown (protocol §7): two words and a colour, the same for everybody. Derived from SHA-256 of the slot key:
 * byte 0 modulo 128 is the adjective, byte 1 modulo 128 the animal, bytes 2 and 3 (big-endian) modulo 360 the hue.
 *
 * @param name for instance {@code amber-kestrel}; with {@code -2}, {@code -3}… behind it for later slots of an epoch whose
 *     words are the same
 * @param hue of the colour, degrees from 0 to 359
 */
public record Pseudonym(String name, int hue) {
    private static final int WORDS = 128;

    private static final List<String> ADJECTIVES = words("""
            amber ashen auburn autumn azure basalt beige birch blithe boreal brassy breezy bright brindle
            bronze calm candid carmine cedar cerise chalky cheery cinder citrine clear clever cobalt copper
            coral cosmic cream crimson crystal dappled dawning deep dewy downy drifting dusky early earnest
            ebony elder elm emerald evening fabled fern fleet flinty foggy forest frosty gentle ginger
            glassy golden granite grassy hazel hearty heather hidden honey humble indigo inland iron ivory
            jade jolly keen lapis lavender leafy lilac limber linen lively lofty lunar maple marble maroon
            meadow mellow merry misty modest mossy muted nimble northern oaken ochre olive opal orchid pale
            pearly pebbled pine placid plucky plum polar poppy quartz quiet rosy ruby russet rustic saffron
            sable sandy scarlet silent silver slate smoky snowy solar spruce starry steady stone
            """);

    private static final List<String> ANIMALS = words("""
            alpaca antelope badger bear beaver bison bittern bobcat buzzard camel caracal caribou chaffinch
            chamois cicada condor cormorant cougar coyote crane cricket curlew deer dingo dipper dolphin
            dormouse dove dragonfly eagle egret elk ermine falcon ferret finch firefly flamingo fox frog
            gazelle gecko goat goldfinch goose grebe grouse hare harrier hawk hedgehog heron hoopoe ibex
            ibis jackal jackdaw jaguar jay kestrel kingfisher kite koala lark lemming lemur leopard linnet
            lizard llama lynx magpie marmot marten martin merlin mink moose newt nightjar nuthatch ocelot
            octopus oriole osprey otter owl panda panther parrot partridge pelican penguin petrel pheasant
            pika pipit plover pony puffin quail rabbit raccoon raven redstart reindeer robin salmon
            sandpiper seal serval skylark sloth snipe sparrow squirrel starling stoat stork swallow swan
            swift tapir tern thrush tiger tortoise trout
            """);

    /** The words and colour of one key, not told apart from others with the same words. */
    public static Pseudonym of(PublicKey slotKey) {
        ByteString hash = Hash.sha256(slotKey.value());
        int hue = (((hash.at(2) & 0xff) << 8) | (hash.at(3) & 0xff)) % 360;
        String name = ADJECTIVES.get((hash.at(0) & 0xff) % WORDS) + "-" + ANIMALS.get((hash.at(1) & 0xff) % WORDS);
        return new Pseudonym(name, hue);
    }

    /** The names of an epoch's slots, in the order of the slots, no two the same. */
    public static List<Pseudonym> ofEpoch(List<PublicKey> slots) {
        List<Pseudonym> pseudonyms = new ArrayList<>(slots.size());
        Map<String, Integer> seen = new HashMap<>();
        for (PublicKey slot : slots) {
            Pseudonym plain = of(slot);
            int count = seen.merge(plain.name, 1, Integer::sum);
            pseudonyms.add(count == 1 ? plain : new Pseudonym(plain.name + "-" + count, plain.hue));
        }
        return List.copyOf(pseudonyms);
    }

    private static List<String> words(String text) {
        List<String> words = List.of(text.strip().split("\\s+"));
        if (words.size() != WORDS) {
            throw new IllegalStateException(words.size() + " words, must be " + WORDS);
        }
        return words;
    }
}
