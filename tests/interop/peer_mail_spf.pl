#!/usr/bin/perl
# Answers questions about SPF with Mail::SPF and prints a row of NDJSON for each.
#
#   peer_mail_spf.pl DNS QUESTIONS
#
# The files are those of answer_spf.cpp. Ends with 77 if Mail::SPF is absent.
use strict;
use warnings;

# Stands for Net::DNS::Resolver, which Mail::SPF allows to replace.
package Table {

    sub new {
        my ( $class, $path ) = @_;
        my %records;
        open my $file, '<:raw', $path or die "cannot read $path: $!\n";
        while ( my $line = <$file> ) {
            chomp $line;
            my ( $name, $type, $data ) = split /\t/, $line, 3;
            push @{ $records{ lc $name }{$type} }, $data;
        }
        close $file;
        return bless { records => \%records, error => 'NOERROR' }, $class;
    }

    sub send {
        my ( $self, $name, $type ) = @_;
        my $reply = Net::DNS::Packet->new( $name, $type );
        my $here  = $self->{records}{ lc $name };
        my $data  = $here ? $here->{$type} : undef;
        $self->{error} = 'NOERROR';
        if ( $data && $data->[0] eq '!timeout' ) {
            $self->{error} = 'query timed out';
            return undef;
        }
        if ( $data && $data->[0] eq '!servfail' ) {
            $reply->header->rcode('SERVFAIL');
            return $reply;
        }
        $reply->push( answer => map { record( $name, $type, $_ ) } @{ $data // [] } );
        $reply->header->rcode('NXDOMAIN') unless $here;
        return $reply;
    }

    sub record {
        my ( $name, $type, $data ) = @_;
        my @of = ( owner => $name, type => $type );
        if ( $type eq 'MX' ) {
            my ( $preference, $exchange ) = split / /, $data;
            return Net::DNS::RR->new( @of, preference => $preference, exchange => $exchange );
        }
        return Net::DNS::RR->new( @of, ptrdname => $data ) if $type eq 'PTR';
        return Net::DNS::RR->new( @of, address  => $data ) if $type ne 'TXT';
        my @strings = map { pack 'H*', $_ } split /,/, $data, -1;
        @strings = ('') unless @strings;

        # From wire form: its own way from text knows about character sets.
        my $rdata = join '', map { chr( length $_ ) . $_ } @strings;
        return Net::DNS::RR->new( owner => $name, type => 'TXT', rdata => $rdata );
    }

    sub errorstring { return $_[0]{error} }
}

package main;

BEGIN {
    eval { require Mail::SPF; require Net::DNS; require JSON::PP; 1 } or exit 77;
}

sub answer {
    my ( $server, $ip, $sender, $helo ) = @_;
    my @identity =
      length $sender
      ? ( scope => 'mfrom', identity => $sender, helo_identity => $helo )
      : ( scope => 'helo', identity => $helo );
    my $result =
      $server->process( Mail::SPF::Request->new( versions => [1], @identity, ip_address => $ip ) );
    my $explanation;
    if ( $result->code eq 'fail' ) {
        $explanation = $result->authority_explanation;
        $explanation = "$explanation" if defined $explanation;
        undef $explanation            if defined $explanation && $explanation eq 'DEFAULT';
    }
    return { result => $result->code, detail => $result->text, explanation => $explanation };
}

my ( $dns, $questions ) = @ARGV;
my $server = Mail::SPF::Server->new(
    dns_resolver                  => Table->new($dns),
    hostname                      => 'receiver.example',
    default_authority_explanation => 'DEFAULT',
);
my $json = JSON::PP->new->canonical->latin1;
open my $file, '<:raw', $questions or die "cannot read $questions: $!\n";
while ( my $line = <$file> ) {
    chomp $line;
    my ( $number, @asked ) = split /\t/, $line, -1;
    my $said = eval { answer( $server, @asked ) };
    my $died = $@;
    if ( !$said ) {
        my $text = ref $died && $died->can('text') ? $died->text : "$died";
        $said = { result => 'exception', detail => $text, explanation => undef };
    }
    print $json->encode( { number => 0 + $number, %$said } ), "\n";
}
