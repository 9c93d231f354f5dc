using Platform.GraphQL.Transport;
using Platform.GraphQL.Transport.Negotiation;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>GRAPHQL.md §1.1 and §3.3: which label and which frame an Accept header leads to.</summary>
public class NegotiationTests
{
    private const string Apollo = "application/graphql-response+json, application/json;q=0.9";
    private const string Urql = "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed";
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Theory]
    //           accept                                                   compat             draft              stream
    [InlineData("*/*",                                                    "Json",            "GraphQLResponse", "Multipart")]
    [InlineData("application/*",                                          "Json",            "GraphQLResponse", "GraphQLJsonLines")]
    [InlineData("application/json",                                       "Json",            "Json",            "None")]
    [InlineData("APPLICATION/JSON",                                       "Json",            "Json",            "None")]
    [InlineData("application/json; charset=utf-8",                        "Json",            "Json",            "None")]
    [InlineData("application/json; charset=utf-16",                       "None",            "None",            "None")]
    [InlineData("application/graphql-response+json",                      "GraphQLResponse", "GraphQLResponse", "None")]
    [InlineData(Apollo,                                                   "GraphQLResponse", "GraphQLResponse", "None")]
    [InlineData("application/graphql-response+json;q=0.8, application/json", "Json",         "Json",            "None")]
    [InlineData("application/json, application/graphql-response+json",    "Json",            "Json",            "None")]
    [InlineData("application/json, */*;q=0.1",                            "Json",            "Json",            "Multipart")]
    [InlineData("application/json;q=0, */*",                              "GraphQLResponse", "GraphQLResponse", "Multipart")]
    [InlineData(Urql,                                                     "GraphQLResponse", "GraphQLResponse", "EventStream")]
    [InlineData("text/event-stream",                                      "None",            "None",            "EventStream")]
    [InlineData("multipart/mixed, text/event-stream;q=0.5",               "None",            "None",            "Multipart")]
    [InlineData("multipart/mixed;q=0.5, text/event-stream",               "None",            "None",            "EventStream")]
    [InlineData("multipart/mixed;subscriptionSpec=1.0, application/json", "Json",            "Json",            "ApolloMultipart")]
    [InlineData("multipart/mixed;boundary=graphql;subscriptionSpec=\"1.0\"", "None",         "None",            "ApolloMultipart")]
    [InlineData("application/jsonl",                                      "None",            "None",            "JsonLines")]
    [InlineData("application/graphql-response+jsonl",                     "None",            "None",            "GraphQLJsonLines")]
    [InlineData("text/plain",                                             "None",            "None",            "None")]
    [InlineData(Browser,                                                  "Json",            "GraphQLResponse", "Multipart")]
    public void An_accept_header_decides_label_and_frame(string accept, string compat, string draft, string stream)
    {
        var inCompat = AcceptedFormats.Parse(accept, HttpMode.Compat);
        var inDraft = AcceptedFormats.Parse(accept, HttpMode.Draft2026);

        inCompat.Single.ToString().ShouldBe(compat);
        inDraft.Single.ToString().ShouldBe(draft);
        inCompat.Stream.ToString().ShouldBe(stream);
        inDraft.Stream.ToString().ShouldBe(stream);
    }

    [Theory]
    //           accept                                             dialect  echoed parameter
    [InlineData("multipart/mixed",                                  "V02", "")]
    [InlineData("multipart/mixed;incrementalSpec=v0.2",             "V02", "; incrementalSpec=v0.2")]
    [InlineData("multipart/mixed; incrementalSpec=v0.1",            "V01", "; incrementalSpec=v0.1")]
    [InlineData("multipart/mixed;deferSpec=20220824",               "V01", "; deferSpec=20220824")]
    [InlineData("multipart/mixed;deferSpec=19990101",               "V02", "")]
    [InlineData("text/event-stream;incrementalSpec=v0.1",           "V01", "; incrementalSpec=v0.1")]
    [InlineData("application/jsonl;incrementalSpec=\"v0.1\"",       "V01", "; incrementalSpec=v0.1")]
    [InlineData("multipart/mixed;subscriptionSpec=1.0",             "V02", "; subscriptionSpec=1.0")]
    public void A_parameter_chooses_the_incremental_dialect(string accept, string dialect, string parameter)
    {
        var formats = AcceptedFormats.Parse(accept, HttpMode.Compat);

        formats.Dialect.ToString().ShouldBe(dialect);
        formats.StreamParameter.ShouldBe(parameter);
    }

    [Theory]
    [InlineData(Browser, true)]
    [InlineData("text/html", true)]
    [InlineData("application/json, text/html;q=0.9", false)]
    [InlineData("*/*", false)]
    public void Only_a_client_that_prefers_pages_is_a_browser(string accept, bool html) =>
        AcceptedFormats.Parse(accept, HttpMode.Compat).PrefersHtml.ShouldBe(html);

    [Theory]
    [InlineData("garbage")]
    [InlineData(";;;")]
    [InlineData("application/")]
    public void A_header_that_names_no_media_type_is_unreadable(string accept) =>
        AcceptedFormats.Parse(accept, HttpMode.Compat).Unreadable.ShouldBeTrue();

    [Fact]
    public void What_clients_invent_is_not_remembered_without_bound()
    {
        // given
        var header = new AcceptHeader(HttpMode.Compat);

        // when
        for (var i = 0; i < 10_000; i++)
        {
            header.Read($"application/json, text/x-{i}").Single.ShouldBe(SingleFormat.Json);
        }

        // then
        header.Remembered.ShouldBeLessThanOrEqualTo(AcceptHeader.Capacity);
    }
}
