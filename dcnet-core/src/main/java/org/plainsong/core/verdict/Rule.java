package org.plainsong.core.verdict;

/** The rules whose breach convicts, each with the section of docs/protocol.md that holds it. */
public enum Rule {
    /** A server signed two different statements under one key. */
    TWO_STATEMENTS("§4.2"),
    /** A member signed two different enrolments for one epoch. */
    TWO_ENROLMENTS("§4.1"),
    /** A member's key confirmation tag does not fit its own encapsulation. */
    WRONG_TAG("§4.1"),
    /** A member opened an encapsulation with randomness that does not give it. */
    WRONG_TAG_OPENING("§4.1"),
    /** A server called a good tag wrong. */
    FALSE_TAG_COMPLAINT("§4.1"),
    /** A server signed a list that is unsorted, has duplicates, a wrong item length or a wrong count. */
    BAD_LIST("§4.3"),
    /** A server declared nothing, a position that does not exist or one twice. */
    BAD_DECLARATION("§4.3"),
    /** A server linked to something outside the list, or one input to two outputs. */
    BAD_LINK("§4.3"),
    /** A server's link contradicts the opened path. */
    FALSE_LINK("§4.3"),
    /** A server declared an item that opens. */
    FALSE_DECLARATION("§4.3"),
    /** A server declared items equal that differ. */
    FALSE_EQUAL_SET("§4.3"),
    /** A server's list lacks an item that stood in the list before. */
    ITEM_DROPPED("§4.3"),
    /** A server revealed a seed that does not give its announced key. */
    WRONG_INNER_SEED("§4.3"),
    /** A member opened something else than it had submitted, or its submission was made wrongly. */
    WRONG_OPENING("§4.3"),
    /** A member called an item missing that was there. */
    FALSE_COMPLAINT("§4.3"),
    /** Members submitted items that open to one value. */
    COLLIDING_ITEMS("§4.3"),
    /** A member signed two different headers for one attempt. */
    TWO_SUBMISSIONS("§5.2"),
    /** A server listed a submission that the member did not sign. */
    VOID_ENTRY("§5.4"),
    /** A server revealed a share that does not open its own signed commitment. */
    WRONG_REVEAL("§5.4");

    private final String section;

    Rule(String section) {
        this.section = section;
    }

    /** Section of docs/protocol.md, such as {@code §4.3}. */
    public String section() {
        return section;
    }
}
