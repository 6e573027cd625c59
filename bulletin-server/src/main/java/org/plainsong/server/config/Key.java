package org.plainsong.server.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What one key of the configuration means. The example file, the checks and {@code config show} are all made from this. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {
    /** What it does, in a sentence or two. */
    String doc();

    /** The value where nobody says another, as one would write it in an environment variable. */
    String standard();

    /** Unit of a number. */
    String unit() default "";

    /** Smallest number allowed. */
    long min() default 0;

    /** Largest number allowed. */
    long max() default Long.MAX_VALUE;
}
