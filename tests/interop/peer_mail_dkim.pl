#!/usr/bin/perl
# Verifies stored messages with Mail::DKIM and prints what it says of every signature.
#
#   peer_mail_dkim.pl KEYS MESSAGES
#
# The files and the rows are those of peer_libopendkim.cpp. Ends with 77 if Mail::DKIM is absent.
use strict;
use warnings;

my $now;    # the time of receipt of the message in hand

# Before Mail::DKIM is compiled, so that x= is compared with the receipt. [RFC6376 3.5 x=]
BEGIN {
    no warnings 'once';
    *CORE::GLOBAL::time = sub () { defined $now ? $now : CORE::time() };
}

# Stands for Net::DNS::Resolver, which Mail::DKIM allows to replace.
package KeyTable {

    sub new {
        my ( $class, $path ) = @_;
        my %texts;
        open my $file, '<:raw', $path or die "cannot read $path: $!\n";
        while ( my $line = <$file> ) {
            chomp $line;
            my ( $name, $text ) = split / /, $line, 2;
            push @{ $texts{ lc $name } }, $text;
        }
        close $file;
        return bless { texts => \%texts }, $class;
    }

    sub send {
        my ( $self, $name, $type ) = @_;
        my $reply = Net::DNS::Packet->new( $name, $type );
        my $texts = $type eq 'TXT' ? $self->{texts}{ lc $name } : undef;
        for my $text ( @{ $texts // [] } ) {
            my @strings = unpack '(a255)*', $text;
            $reply->push( answer =>
                  Net::DNS::RR->new( owner => $name, type => 'TXT', txtdata => \@strings ) );
        }
        $reply->header->rcode('NXDOMAIN') unless $texts;
        return $reply;
    }

    sub errorstring { return 'NOERROR' }
}

package main;

sub body_hash_of {
    my ($signature) = @_;
    return 'match' if ( $signature->result // '' ) eq 'pass';
    return 'mismatch' if ( $signature->{verify_details} // '' ) eq 'body has been altered';
    return undef;
}

sub rows_of {
    my ($octets) = @_;
    my $verifier = Mail::DKIM::Verifier->new;
    $verifier->PRINT($octets);
    $verifier->CLOSE;
    my @rows;
    for my $signature ( $verifier->signatures ) {

        # DomainKeys [RFC4870] is another protocol.
        next if $signature->isa('Mail::DKIM::DkSignature');
        my $result = $signature->result // 'none';
        push @rows, {
            domain    => $signature->domain // '',
            selector  => $signature->selector // '',
            b         => substr( $signature->data // '', 0, 8 ),
            verdict   => $result =~ /^(?:pass|fail)$/ ? $result : 'other',
            detail    => $signature->{verify_details} // '',
            body_hash => body_hash_of($signature),
        };
    }
    return @rows;
}

die "usage: peer_mail_dkim.pl KEYS MESSAGES\n" unless @ARGV == 2;
for my $module (qw(Mail::DKIM::Verifier Net::DNS JSON::PP)) {
    next if eval "require $module; 1";
    print STDERR "peer_mail_dkim.pl: $@";
    exit 77;
}
my ( $keys, $list ) = @ARGV;

# What the module notices in a strange field is no news here: its verdict is.
local $SIG{__WARN__} = sub { };
Mail::DKIM::DNS::resolver( KeyTable->new($keys) );
my $json = JSON::PP->new->ascii->canonical;
open my $lines, '<', $list or die "cannot read $list: $!\n";
while ( my $line = <$lines> ) {
    chomp $line;
    ( my $number, $now, my $path ) = split /\t/, $line, 3;
    open my $file, '<:raw', $path or die "cannot read $path: $!\n";
    my $octets = do { local $/ = undef; <$file> };
    close $file;
    my $place = 0;
    for my $row ( rows_of($octets) ) {
        $row->{message}   = $number + 0;
        $row->{signature} = $place++;
        print $json->encode($row), "\n";
    }
}
close STDOUT or die "cannot write: $!\n";
