# The side of the program that is judged: it runs the program's file, and answers
# calls of what the program defines; rewards/code/wire.h says how. Nothing here
# is secret or trusted: whatever it sends is an answer of the program's.
package Assay::Host;
use strict;
use warnings;
no warnings "recursion";
use B ();

use constant {
    MAX_BYTES => 16 << 20,
    MAX_NODES => 1 << 20,
    MAX_DEPTH => 200,
    NUMBER    => B::SVf_IOK | B::SVf_NOK,
    TEXT      => B::SVf_POK,
};

open(my $channel, "+<&=", 3) or die;
my ($frame, $place, $nodes, $out);

sub receive_bytes {
    my ($count) = @_;
    my $data = "";
    while (length($data) < $count) {
        my $got = sysread($channel, $data, $count - length($data), length($data));
        CORE::exit(0) unless $got;    # nobody listens any more
    }
    return $data;
}

sub receive { return receive_bytes(unpack("V", receive_bytes(4))) }

sub send_frame {
    my $data = pack("V", length($_[0])) . $_[0];
    my $done = 0;
    while ($done < length($data)) {
        my $sent = syswrite($channel, $data, length($data) - $done, $done);
        CORE::exit(0) unless $sent;
        $done += $sent;
    }
}

sub text { return $_[0] . pack("V", length($_[1])) . $_[1] }

sub put_scalar {
    my ($value) = @_;
    my $flags = B::svref_2object(\$value)->FLAGS;
    if (($flags & NUMBER) && !($flags & TEXT)) {
        # The one that is no float, if it has both.
        if (($flags & B::SVf_IOK) && !($flags & B::SVf_NOK)) {
            my $digits = $value < 0 ? sprintf("-%x", -$value) : sprintf("%x", $value);
            $out .= text("i", $digits);
        } else {
            $out .= "d" . pack("d<", $value);
        }
        return;
    }
    my $bytes = "$value";
    utf8::encode($bytes) if utf8::is_utf8($bytes);
    my $copy = $bytes;
    $out .= text(utf8::decode($copy) ? "s" : "b", $bytes);
}

sub put {
    my ($value, $depth) = @_;
    if (++$nodes > MAX_NODES || $depth > MAX_DEPTH || length($out) > MAX_BYTES) {
        die "a value that is too large, too deep or a cycle\n";
    }
    if (!defined($value)) {
        $out .= "N";
    } elsif (ref($value) eq "ARRAY") {
        $out .= "l" . pack("V", scalar(@$value));
        put($_, $depth + 1) for @$value;
    } elsif (ref($value) eq "HASH") {
        $out .= "D" . pack("V", scalar(keys(%$value)));
        for my $key (keys(%$value)) {
            put($key,           $depth + 1);
            put($value->{$key}, $depth + 1);
        }
    } elsif (ref(\$value) ne "SCALAR") {
        $out .= "H\0\0\0\0";
    } else {
        put_scalar($value);
    }
}

sub take {
    $place += $_[0];
    return substr($frame, $place - $_[0], $_[0]);
}

sub whole {
    my ($digits) = @_;
    my $negative = $digits =~ s/^-//;
    no warnings;
    my $number = hex($digits);
    return $negative ? -$number : $number;
}

sub get {
    my $tag = take(1);
    return undef if $tag eq "N";
    return !!1 if $tag eq "T";
    return !!0 if $tag eq "F";
    return unpack("d<", take(8)) if $tag eq "d";
    my $count = unpack("V", take(4));
    return whole(take($count)) if $tag eq "i";
    if ($tag eq "s") {
        my $text = take($count);
        utf8::decode($text);
        return $text;
    }
    if ($tag eq "D") {
        my %made;
        for (1 .. $count) {
            my $key = get();
            $made{$key} = get();
        }
        return \%made;
    }
    my @made;
    push(@made, get()) for 1 .. $count;
    return \@made;
}

# What the call returns: one value, or a list of several.
sub answer {
    $place = 1;
    my ($path, $args) = (get(), get());
    my @steps = split(/\./, $path);
    my $last = pop(@steps);
    my $target;
    for my $step (@steps) {
        my $called = $step =~ s/\(\)$//;
        if (!defined($target)) {
            no strict "refs";
            $target = $called ? (defined(&{"main::$step"}) ? &{"main::$step"}() : $step->new) : $step;
        } else {
            $target = $called ? $target->$step() : "${target}::$step";
        }
    }
    my @result;
    if (defined($target)) {
        @result = $target->$last(@$args);
    } else {
        no strict "refs";
        @result = &{"main::$last"}(@$args);
    }
    ($nodes, $out) = (0, "v");
    put(@result > 1 ? \@result : $result[0], 0);
    return $out . "N";
}

sub refuse {
    send_frame("e" . text("s", "die") . text("s", "") . text("s", ""));
}

sub load {
    my ($file) = @_;
    delete $INC{$file};
    package main;
    my $done = do $file;
    die $@ if $@;
    die "cannot be read: $!" if !defined($done) && !defined($INC{$file});
}

send_frame("h");
receive();
my $file = $ARGV[0];
$file = "./$file" unless $file =~ m{/};
@ARGV = ();
if (!eval { load($file); 1 }) {
    my $problem = $@;
    refuse();
    print STDERR $problem;
    CORE::exit(1);
}
send_frame("l");
while (1) {
    $frame = receive();
    my $reply = eval { answer() };
    defined($reply) ? send_frame($reply) : refuse();
}
